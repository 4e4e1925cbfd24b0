"""The small book of one language as files."""

from __future__ import annotations

from tests.i18n.texts import TONGUES

__all__ = ["files"]

CONF = """\
project = {book!r}
author = "Ada"
release = "1.0"
language = {language!r}
numfig = True
today = "2026"
casebound_basename = "tiny-book"
casebound_lists = ["tables"]
"""

INDEX = """\
{book}
{rule}

{section}
{rule}

{short}

.. toctree::
   :caption: {section}

   one
   two
"""

ONE = """\
{chapter}
{rule}

.. index:: {term}
   see: {first}; {term}

{prose} {prose} [#]_

.. [#] {short}

{heading}
{under}

{prose} :ref:`place`, ``code(x)``

- {first}
- {prose}

  1. {second}
  2. {third}

.. warning::

   {prose}

.. _numbers:

.. list-table:: {heading}
   :header-rows: 1

   * - {first}
     - {second}
     - {third}
   * - {fourth}
     - 1
     - {short}

.. seealso:: :numref:`numbers`, :ref:`genindex`

.. code-block:: python

   def queue(message):  # {short}
       return [message]

{term} ({first})
   {prose}

   .. rubric:: {second}

   {short}
"""

TWO = """\
{heading}
{under}

.. _place:

{term}
{under2}

{prose}

    {prose}

    -- Ada

:{first}: {short}
:{second}: {prose}

* - {third}
  - {fourth}

| {first}
|    {second}
| {third}

.. note:: {short}
"""


def files(language: str) -> dict[str, str]:
    """The sources of a language's book: an opening page, two chapters, and configuration."""
    said = TONGUES[language]
    first, second, third, fourth = said.words
    gaps = {name: getattr(said, name) for name in ("book", "section", "chapter", "heading", "prose", "short", "term")}
    gaps |= {"first": first, "second": second, "third": third, "fourth": fourth, "language": language}
    gaps |= {"rule": "=" * 80, "under": "-" * 120, "under2": "~" * 120}
    texts = {"conf.py": CONF, "index.rst": INDEX, "one.rst": ONE, "two.rst": TWO}
    texts["index.rst"] = INDEX.replace("{section}\n{rule}", "{section}\n{under}", 1)
    return {name: text.format(**gaps) for name, text in texts.items()}
