"""A person's own pages, and the staff pages about people."""

from django.urls import path

from lic_site.accounts.views import data, equality, people, profile

app_name = "accounts"

urlpatterns = [
    path("accounts/second-factor/", profile.second_factor, name="second_factor"),
    path("accounts/deleted/", data.deleted, name="deleted"),
    path("my/about-you/", profile.about_you, name="about_you"),
    path("my/profile/", profile.profile, name="profile"),
    path("my/profile/details/", profile.details, name="details"),
    path("my/profile/employer/", profile.employer, name="employer"),
    path("my/profile/manager/", profile.manager, name="manager"),
    path("my/profile/messages/", profile.addresses, name="addresses"),
    path("my/equality/", equality.overview, name="equality"),
    path("my/equality/group/", equality.ethnic_group, name="ethnic_group"),
    path("my/equality/background/", equality.ethnic_background, name="ethnic_background"),
    path("my/equality/more/", equality.more, name="equality_more"),
    path("my/equality/withdraw/", equality.withdraw, name="equality_withdraw"),
    path("my/data/", data.overview, name="data"),
    path("my/data/who-looked/", data.who_looked, name="who_looked"),
    path("my/data/download/", data.download, name="download"),
    path("my/data/delete/", data.delete, name="delete"),
    path("staff/people/", people.people, name="people"),
    path("staff/people/<int:pk>/", people.person, name="person"),
    path("staff/people/<int:pk>/grant/", people.grant, name="grant"),
    path("staff/people/<int:pk>/manager/", people.manager, name="person_manager"),
    path("staff/people/<int:pk>/merge/", people.merge, name="merge"),
    path("staff/grants/<int:pk>/end/", people.end, name="end_grant"),
]
