"""Which item an id stands for, present or former."""


def sql_item_id(id_: str) -> str:
    """SQL that resolves an id, current or former, given as SQL: by the address that it is the id
    of, then by the imported text; else it stays as it is, whether there is such an item or not.
    """
    return (
        f"coalesce((SELECT item FROM addresses WHERE id = {id_}),"
        f" (SELECT item FROM texts WHERE id = {id_} AND item IS NOT NULL), {id_})"
    )
