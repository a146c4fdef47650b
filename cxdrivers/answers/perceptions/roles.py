"""Tell from what a group is called whether it leads, manages, serves or buys."""

from __future__ import annotations

EXECUTIVE, MANAGER, EMPLOYEE, CUSTOMER = ROLES = ("executive", "manager", "employee", "customer")
"""From the furthest from the contact to the one who has it."""

ROLE_WORDS = {
    EXECUTIVE: (
        *("executive", "executives", "c-level", "board", "director", "directors"),
        *("decision maker", "decision makers", "directie", "directeur", "directeuren"),
        *("bestuur", "bestuurder", "bestuurders", "beslisser", "beslissers"),
    ),
    MANAGER: (
        *("manager", "managers", "customer-facing managers", "team leader", "team leaders"),
        *("leidinggevende", "leidinggevenden", "teamleider", "teamleiders"),
    ),
    EMPLOYEE: (
        *("employee", "employees", "agent", "agents", "staff", "service employees"),
        *("medewerker", "medewerkers", "servicemedewerker", "servicemedewerkers"),
    ),
    CUSTOMER: (
        *("customer", "customers", "client", "clients", "consumer", "consumers"),
        *("klant", "klanten", "consument", "consumenten"),
    ),
}
"""What the groups of each role are called; "management" may be either of two, so it is neither."""


def role_of(label: str) -> str | None:
    """Return the role of a group from its name, or None when the name does not tell.

    Examples
    --------
    >>> role_of("Klanten"), role_of("Decision makers"), role_of("North")
    ('customer', 'executive', None)
    """
    name = label.casefold()
    return next((role for role, words in ROLE_WORDS.items() if name in words), None)


def in_order(labels: list[str]) -> list[str]:
    """Return names of groups with known roles first, in the order of the roles.

    Examples
    --------
    >>> in_order(["customers", "suppliers", "executives"])
    ['executives', 'customers', 'suppliers']
    """
    place = {role: at for at, role in enumerate(ROLES)}
    return sorted(labels, key=lambda label: place.get(role_of(label) or "", len(ROLES)))
