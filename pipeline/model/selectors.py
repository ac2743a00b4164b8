"""Whether a text is a CSS selector that pages can be asked with."""

from cssselect import HTMLTranslator, SelectorError, parse


def selector_fault(selector: str) -> str | None:
    """What is wrong with a CSS selector, and what to write; None where it is right."""
    try:
        if any(one.pseudo_element for one in parse(selector)):
            return f'"{selector}" must select an element; write it without ::'
        HTMLTranslator().css_to_xpath(selector)
    except SelectorError as error:
        return f'"{selector}" is no CSS selector ({error}); mend it, or take it out'
    return None
