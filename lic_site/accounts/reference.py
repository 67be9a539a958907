"""London's 33 local authorities and the programme's own organisations, as they are first loaded.

Codes: ONS (GSS) and the Department for Education. Once loaded, the lists are edited in the site:
loading again adds what is missing and changes nothing that is there.
"""

from lic_site.accounts.enums import OrganisationKind

SUB_REGION_SOURCE = (
    "Working assumption: no published list of boroughs by sub-region was found. "
    "Confirm with the alliance and edit."
)

# GSS code, DfE number, name, sub-region (assumed)
AUTHORITIES = (
    ("E09000001", 201, "City of London", "East"),
    ("E09000002", 301, "Barking and Dagenham", "East"),
    ("E09000003", 302, "Barnet", "North-Central"),
    ("E09000004", 303, "Bexley", "South"),
    ("E09000005", 304, "Brent", "West"),
    ("E09000006", 305, "Bromley", "South"),
    ("E09000007", 202, "Camden", "North-Central"),
    ("E09000008", 306, "Croydon", "South"),
    ("E09000009", 307, "Ealing", "West"),
    ("E09000010", 308, "Enfield", "North-Central"),
    ("E09000011", 203, "Greenwich", "South"),
    ("E09000012", 204, "Hackney", "East"),
    ("E09000013", 205, "Hammersmith and Fulham", "West"),
    ("E09000014", 309, "Haringey", "North-Central"),
    ("E09000015", 310, "Harrow", "West"),
    ("E09000016", 311, "Havering", "East"),
    ("E09000017", 312, "Hillingdon", "West"),
    ("E09000018", 313, "Hounslow", "West"),
    ("E09000019", 206, "Islington", "North-Central"),
    ("E09000020", 207, "Kensington and Chelsea", "West"),
    ("E09000021", 314, "Kingston upon Thames", "South"),
    ("E09000022", 208, "Lambeth", "South"),
    ("E09000023", 209, "Lewisham", "South"),
    ("E09000024", 315, "Merton", "South"),
    ("E09000025", 316, "Newham", "East"),
    ("E09000026", 317, "Redbridge", "East"),
    ("E09000027", 318, "Richmond upon Thames", "South"),
    ("E09000028", 210, "Southwark", "South"),
    ("E09000029", 319, "Sutton", "South"),
    ("E09000030", 211, "Tower Hamlets", "East"),
    ("E09000031", 320, "Waltham Forest", "East"),
    ("E09000032", 212, "Wandsworth", "South"),
    ("E09000033", 213, "Westminster", "West"),
)

COUNCIL_NAMES = {
    "E09000001": "City of London Corporation",
    "E09000033": "Westminster City Council",
}

# Name, kind, GSS codes of the boroughs it serves
OTHER_ORGANISATIONS = (
    ("Achieving for Children", OrganisationKind.JOINT_SERVICE, ("E09000021", "E09000027")),
    ("London Innovation and Improvement Alliance", OrganisationKind.PROGRAMME, ()),
    ("Staff College", OrganisationKind.PROVIDER, ()),
)
