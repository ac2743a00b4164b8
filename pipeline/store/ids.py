"""Which item an id stands for, present or former."""


def item_of(id_: str) -> str:
    """SQL for the id of the item that an id (SQL, too) stands for: the item of the address that it
    is the id of, or that an imported text stands in; else the id itself, be there an item or not.
    """
    return (
        f"coalesce((SELECT item FROM addresses WHERE id = {id_}),"
        f" (SELECT item FROM texts WHERE id = {id_} AND item IS NOT NULL), {id_})"
    )
