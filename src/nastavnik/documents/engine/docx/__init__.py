"""Word documents from templates with named fields; plain Python, no Django.

`build_blank` makes a default template from its readable source, `check_template` judges a template
that an organisation brought, `compile_template(...).render(data)` makes the document, `to_html`
shows it, `join` binds many into one file for the printer.
"""

from .blank import build_blank
from .check import check_template
from .html import to_html
from .join import join
from .problems import Level, Problem, RenderFailed, TemplateRefused
from .template import Template, compile_template

__all__ = [
    "Level",
    "Problem",
    "RenderFailed",
    "Template",
    "TemplateRefused",
    "build_blank",
    "check_template",
    "compile_template",
    "join",
    "to_html",
]
