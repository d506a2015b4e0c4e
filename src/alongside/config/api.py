"""Where machines knock: the addresses of the programming interface, put together."""

from django.urls import path, re_path

from alongside.api.api import api
from alongside.exchange.fhir.views import metadata, not_here, router

api.add_router("/fhir", router)

urlpatterns = [
    path("metadata", metadata, name="metadata"),
    path("", api.urls),
    re_path(r"^fhir(?:/.*)?$", not_here, name="nothing-in-fhir"),
]
