"""Where machines knock: the addresses of the programming interface, put together."""

from django.urls import path

from alongside.api.api import api
from alongside.exchange.fhir.views import metadata, router

api.add_router("/fhir", router)

urlpatterns = [path("metadata", metadata, name="metadata"), path("", api.urls)]
