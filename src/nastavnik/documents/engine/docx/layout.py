"""The constant parts of our own templates: page, styles, numbering, headers.

Page and text follow ГОСТ Р 7.0.97-2025: A4, margins 20/10/20/20 mm, 14 points (12 in tables),
indent 1.25 cm, page numbers from the second sheet centred on top, QR code at the foot of the first.
"""

from xml.sax.saxutils import escape

from .names import R, W
from .package import RELATIONSHIPS

TEXT_WIDTH = 10205  # twips: 210 - 20 - 10 mm
LANDSCAPE_WIDTH = 15137  # twips: 297 - 20 - 10 mm
POINTS = 14
_INDENT = 709  # twips: 1.25 cm
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
NS = f'xmlns:w="{W}" xmlns:r="{R}"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_BODY = f'<w:ind w:firstLine="{_INDENT}"/><w:jc w:val="both"/>'
_ROW_TABS = f'<w:tabs><w:tab w:val="right" w:pos="{TEXT_WIDTH}"/></w:tabs>'
_LINE = '<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="1" w:color="auto"/></w:pBdr>'


def _spacing(before: int = 0, after: int = 0) -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}"/>'


# id, name shown in Word, paragraph properties in schema order, run properties
_STYLES = (
    ("Title", "Title", '<w:keepNext/>' + _spacing(240, 120) + '<w:jc w:val="center"/>', '<w:b/><w:spacing w:val="40"/>'),
    ("Heading1", "heading 1", '<w:keepNext/>' + _spacing(240, 240) + '<w:outlineLvl w:val="0"/>', '<w:b/>'),
    ("Heading2", "heading 2", '<w:keepNext/>' + _spacing(200, 100) + '<w:jc w:val="center"/><w:outlineLvl w:val="1"/>', '<w:b/>'),
    ("Subject", "Заголовок по центру", "<w:keepNext/>" + _spacing(0, 240) + '<w:jc w:val="center"/><w:outlineLvl w:val="0"/>', "<w:b/>"),
    ("OrganisationHead", "Шапка организации", '<w:jc w:val="center"/>', ""),
    ("BodyText", "Body Text", _BODY, ""),
    ("OrderWord", "Распорядительное слово", '<w:keepNext/>' + _spacing(120, 120), ""),
    ("ListNumber", "List Number", _BODY, ""),
    ("Centred", "По центру", '<w:jc w:val="center"/>', ""),
    ("Addressee", "Адресат", _spacing(240, 120) + '<w:ind w:left="5103"/>', ""),
    ("Plain", "Без отступа", "", ""),
    ("Row", "Строка реквизитов", _ROW_TABS + _spacing(160), ""),
    ("Signature", "Signature", '<w:keepLines/>' + _ROW_TABS + _spacing(480), ""),
    ("FillLine", "Строка для записи", _LINE + _spacing(120), ""),
    ("Hint", "Подпись под строкой", '<w:jc w:val="center"/>', '<w:sz w:val="20"/><w:szCs w:val="20"/>'),
    ("TableText", "Текст таблицы", "", '<w:sz w:val="24"/><w:szCs w:val="24"/>'),
    ("TableHead", "Шапка таблицы", '<w:keepNext/><w:jc w:val="center"/>', '<w:b/><w:sz w:val="24"/><w:szCs w:val="24"/>'),
    ("Header", "header", '<w:jc w:val="center"/>', '<w:sz w:val="24"/><w:szCs w:val="24"/>'),
    ("Footer", "footer", _ROW_TABS, '<w:sz w:val="20"/><w:szCs w:val="20"/>'),
)  # fmt: skip


def _style_defaults(size: int) -> str:
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    fonts = " ".join(f'w:{slot}="Times New Roman"' for slot in ("ascii", "hAnsi", "eastAsia", "cs"))
    return (
        f"{_XML}<w:styles {NS}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts {fonts}/>"
        f'<w:sz w:val="{2 * size}"/><w:szCs w:val="{2 * size}"/><w:lang w:val="ru-RU" w:eastAsia="ru-RU" w:bidi="ar-SA"/>'
        "</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>"
        '<w:spacing w:before="0" w:after="0" w:line="252" w:lineRule="auto"/>'
        "</w:pPr></w:pPrDefault></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr>'
        '<w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="85" w:type="dxa"/><w:bottom w:w="40" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        '<w:style w:type="table" w:styleId="Grid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/>'
        f"<w:tblPr><w:tblBorders>{borders}</w:tblBorders></w:tblPr></w:style>"
    )


def styles(size: int = POINTS) -> str:
    """Tables are two points smaller than the text; in a text larger than usual the title stands out."""
    body = _style_defaults(size)
    for style_id, name, paragraph, usual in _STYLES:
        run = usual.replace('w:val="24"', f'w:val="{2 * size - 4}"')
        if style_id == "Title" and size > POINTS:
            run += f'<w:sz w:val="{3 * size}"/><w:szCs w:val="{3 * size}"/>'
        body += (
            f'<w:style w:type="paragraph" w:styleId="{style_id}"><w:name w:val="{name}"/>'
            f'<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>'
        )
    return body + "</w:styles>"


def numbering(lists: int) -> str:
    """Numbered items «1.», «1.1.» (a new list each time one is asked for) and dashes."""
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:suff w:val="space"/>'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="0" w:firstLine="{_INDENT}"/></w:pPr></w:lvl>'
        for level, text in enumerate(("%1.", "%1.%2."))
    )
    dash = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:suff w:val="space"/>'
        f'<w:lvlText w:val="–"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="0" w:firstLine="{_INDENT}"/></w:pPr></w:lvl>'
    )
    instances = '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>' + "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="0"/>'
        + "".join(
            f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="1"/></w:lvlOverride>'
            for level in (0, 1)
        )
        + "</w:num>"
        for number in range(2, lists + 2)
    )
    return (
        f'{_XML}<w:numbering {NS}><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="1"><w:multiLevelType w:val="singleLevel"/>{dash}</w:abstractNum>{instances}</w:numbering>'
    )


def section(*, landscape: bool = False) -> str:
    size = (
        'w:w="16838" w:h="11906" w:orient="landscape"' if landscape else 'w:w="11906" w:h="16838"'
    )
    return (
        '<w:sectPr><w:headerReference w:type="default" r:id="rId4"/><w:headerReference w:type="first" r:id="rId5"/>'
        '<w:footerReference w:type="default" r:id="rId6"/><w:footerReference w:type="first" r:id="rId7"/>'
        f"<w:pgSz {size}/>"
        '<w:pgMar w:top="1134" w:right="567" w:bottom="1134" w:left="1134" w:header="567" w:footer="397" w:gutter="0"/>'
        "<w:titlePg/></w:sectPr>"
    )


_PAGE_NUMBER = (
    '<w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    '<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    '<w:r><w:t>2</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
)


def header(*, page_number: bool) -> str:
    inner = _PAGE_NUMBER if page_number else '<w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr></w:p>'
    return f"{_XML}<w:hdr {NS}>{inner}</w:hdr>"


def footer(content: str) -> str:
    inner = content or '<w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr></w:p>'
    return f"{_XML}<w:ftr {NS}>{inner}</w:ftr>"


def document(body: str) -> str:
    return f"{_XML}<w:document {NS}><w:body>{body}</w:body></w:document>"


def fixed_parts(title: str, *, size: int = POINTS) -> dict[str, str]:
    """Parts that are the same for every blank but for the title in the file's properties."""
    kinds = (
        ("document", "document.main"), ("styles", "styles"), ("settings", "settings"), ("numbering", "numbering"),
        ("header1", "header"), ("header2", "header"), ("footer1", "footer"), ("footer2", "footer"),
    )  # fmt: skip
    overrides = "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="{_TYPE}.{kind}+xml"/>'
        for part, kind in kinds
    )
    relations = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}.xml"/>'
        for number, (kind, target) in enumerate(
            (
                ("styles", "styles"), ("settings", "settings"), ("numbering", "numbering"), ("header", "header1"),
                ("header", "header2"), ("footer", "footer1"), ("footer", "footer2"),
            ),
            start=1,
        )
    )  # fmt: skip
    stamp = '<dcterms:{0} xsi:type="dcterms:W3CDTF">2025-01-01T00:00:00Z</dcterms:{0}>'
    return {
        "[Content_Types].xml": f'{_XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>' + overrides
        + '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>',
        "_rels/.rels": f'{_XML}<Relationships xmlns="{RELATIONSHIPS}">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
        '<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'{_XML}<Relationships xmlns="{RELATIONSHIPS}">{relations}</Relationships>',
        "word/settings.xml": f'{_XML}<w:settings {NS}><w:autoHyphenation w:val="false"/><w:defaultTabStop w:val="709"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat><w:themeFontLang w:val="ru-RU"/></w:settings>',
        "word/styles.xml": styles(size),
        "docProps/core.xml": f'{_XML}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title)}</dc:title><dc:language>ru-RU</dc:language>"
        + stamp.format("created") + stamp.format("modified") + "</cp:coreProperties>",
    }  # fmt: skip
