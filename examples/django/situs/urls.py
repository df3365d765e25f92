"""Addresses of the site."""

from django.contrib import admin
from django.urls import path
from skm import views

urlpatterns = [
    path("admin/", admin.site.urls),
    path("survei/<int:unit>/", views.survei, name="survei"),
    path("ikm/", views.ikm, name="ikm"),
    path("ikm.json", views.ikm, {"bentuk": "json"}, name="ikm-json"),
]
