from django.urls import path, re_path

from alongside.exchange.open_referral.publishing import views

app_name = "open-referral"
_BASE = "open-referral/v3"
urlpatterns = [
    path(f"{_BASE}/", views.root, name="root"),
    path(f"{_BASE}", views.root),
    path(f"{_BASE}/openapi.json", views.openapi, name="openapi"),
    path(f"{_BASE}/services", views.services, name="services"),
    path(f"{_BASE}/services/<str:service_id>", views.service, name="service"),
    path(f"{_BASE}/service_at_locations", views.places, name="places"),
    path(f"{_BASE}/service_at_locations/<str:place_id>", views.place, name="place"),
    path(f"{_BASE}/organizations", views.organisations, name="organisations"),
    path(f"{_BASE}/organizations/<str:organisation_id>", views.organisation, name="organisation"),
    path(f"{_BASE}/taxonomies", views.taxonomies, name="taxonomies"),
    path(f"{_BASE}/taxonomies/<str:taxonomy_id>", views.taxonomy, name="taxonomy"),
    path(f"{_BASE}/taxonomy_terms", views.terms, name="terms"),
    path(f"{_BASE}/taxonomy_terms/<str:term_id>", views.term, name="term"),
    re_path(r"^open-referral(?:/.*)?$", views.not_here, name="nothing-here"),
]
