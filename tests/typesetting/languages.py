"""Texts in several scripts, and what faces their tests need."""

from __future__ import annotations

from importlib.util import find_spec

import pytest

RTL = pytest.mark.skipif(find_spec("justmytype_intl_rtl") is None, reason="justmytype-intl-rtl is not installed")
CJK = pytest.mark.skipif(find_spec("justmytype_intl_cjk") is None, reason="justmytype-intl-cjk is not installed")
INDIC = pytest.mark.skipif(
    find_spec("justmytype_intl_south_asia") is None, reason="justmytype-intl-south-asia is not installed"
)
THAI = pytest.mark.skipif(find_spec("justmytype_intl_sea") is None, reason="justmytype-intl-sea is not installed")
SYMBOLS = pytest.mark.skipif(find_spec("justmytype_western_core") is None, reason="justmytype-western-core is missing")
CHINESE = (
    "中文排版需要在行尾和行首遵守禁则处理：标点符号不能出现在行首，开括号不能出现在行尾（例如这一个）。"
    "消息队列保存每一条消息，直到有人取走为止，服务之间通过队列进行通信，而不是直接调用。"
    "这里有一些 Latin words 以及数字 123 混排在中文里面，看看效果如何。"
)
JAPANESE = (
    "日本語の組版では、行頭に句読点や小書きの仮名を置いてはならない。「メッセージ」はキューに保存され、待っている。" * 3
)
KOREAN = "메시지는 대기열에 보관되며 누군가 가져갈 때까지 기다린다. 서비스는 다른 서비스에 작업을 요청한다."
ARABIC = (
    "العربية لغة تكتب من اليمين إلى اليسار، وهذه فقرة طويلة بما يكفي لكي تنكسر على عدة أسطر عندما توضع في عمود النص. "
    "الخدمة تطلب العمل من خدمة أخرى وتنتظر الجواب، بينما يحتفظ الطابور بكل رسالة."
)
HEBREW = (
    "עברית נכתבת מימין לשמאל, וזו פסקה ארוכה מספיק כדי להישבר לכמה שורות כאשר היא מסודרת בעמודה. "
    "השירות מבקש עבודה משירות אחר ומחכה לתשובה בזמן שהתור מחזיק הודעות."
)
