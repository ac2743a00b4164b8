"""All texts that describe a dataset."""

from pipeline.descriptions.card import CARD, card
from pipeline.descriptions.citation import CITATION, citation
from pipeline.descriptions.croissant import CROISSANT, croissant
from pipeline.descriptions.datapackage import PACKAGE, datapackage
from pipeline.descriptions.dataset import Dataset
from pipeline.descriptions.dictionary import DICTIONARY, dictionary
from pipeline.descriptions.periods import COUNTS, items_by_week
from pipeline.descriptions.picture import PICTURE, picture
from pipeline.descriptions.rights import LICENSE, license_page


def descriptions(dataset: Dataset) -> dict[str, str]:
    """The texts by their names in the folder; they follow from the dataset alone."""
    counts = items_by_week(dataset)
    return {
        CARD: card(dataset),
        DICTIONARY: dictionary(dataset),
        LICENSE: license_page(dataset),
        CITATION: citation(dataset),
        COUNTS: counts,
        PICTURE: picture(dataset),
        PACKAGE: datapackage(dataset, counts),
        CROISSANT: croissant(dataset, counts),
    }
