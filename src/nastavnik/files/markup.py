"""XML of uploaded files, read without entities, external files or endless trees."""

from lxml import etree

from .refusals import Refuse


def parse(data: bytes, refuse: Refuse, place: str = "") -> etree._Element:
    """The root of a part, without its comments and processing instructions.

    Raises: the refusal `damaged` for broken markup, `entities` for a document type.
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise refuse("damaged", place) from error
    told = root.getroottree().docinfo
    if told.doctype or told.internalDTD is not None:
        raise refuse("entities", place)
    return root
