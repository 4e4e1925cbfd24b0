"""Our catalogue: words of front and back matter, index, handouts and editions that Sphinx's catalogue lacks."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["CATALOGUE", "ENGLISH"]

ENGLISH: Mapping[str, str] = {
    "contents": "Contents",
    "index": "Index",
    "cover": "Cover",
    "titlepage": "Title page",
    "bodymatter": "Start of text",
    "figures": "Figures",
    "tables": "Tables",
    "listings": "Listings",
    "landmarks": "Landmarks",
    "pages": "Pages",
    "notes": "Notes",
    "elsewhere": "Elsewhere in the book",
    "edition": "Edition {release}",
    "folio": "(p. {folio})",
    "pages-of-book": "Pages {first} to {last} of the book",
    "page-of-book": "p. {folio} of the book",
    "more": "{count} more",
    "bound": "Bound by {program}.",
    "missing-image": "Image not included",
    "imprint": "Imprint",
}
"""The words by their keys; others are titles of notes, which Sphinx has."""

_KEYS = tuple(ENGLISH)


def _words(text: str) -> dict[str, str]:
    """One language: the words of ``ENGLISH`` line by line in its order; a line ``-`` leaves a word to Sphinx."""
    lines = text.strip().splitlines()
    return {key: line.strip() for key, line in zip(_KEYS, lines, strict=True) if line.strip() != "-"}


CATALOGUE: Mapping[str, Mapping[str, str]] = {
    "ar": _words("""
        المحتويات
        الفهرس
        الغلاف
        صفحة العنوان
        بداية النص
        الأشكال
        الجداول
        قوائم الشيفرة
        معالم الكتاب
        الصفحات
        الحواشي
        في مواضع أخرى من الكتاب
        الإصدار {release}
        (ص. {folio})
        الصفحات من {first} إلى {last} من الكتاب
        ص. {folio} من الكتاب
        {count} أخرى
        أعد هذا الكتاب بواسطة {program}.
        الصورة غير مضمنة
        بيانات النشر
    """)
    | {
        "entry-see": "انظر %s",
        "entry-seealso": "انظر أيضًا %s",
        "continued": "تابع من الصفحة السابقة",
        "numbered-figure": "شكل %s",
        "numbered-code-block": "قائمة %s",
    },
    "de": _words("""
        -
        -
        Umschlag
        Titelseite
        Textbeginn
        Abbildungen
        Tabellen
        Quelltexte
        Orientierungspunkte
        Seiten
        Anmerkungen
        An anderer Stelle im Buch
        Ausgabe {release}
        (S. {folio})
        Seiten {first} bis {last} des Buches
        S. {folio} des Buches
        {count} weitere
        Gebunden mit {program}.
        Bild nicht enthalten
        Impressum
    """),
    "el": _words("""
        -
        -
        Εξώφυλλο
        Σελίδα τίτλου
        Αρχή κειμένου
        Εικόνες
        Πίνακες
        Λίστες κώδικα
        Σημεία αναφοράς
        Σελίδες
        Σημειώσεις
        Αλλού στο βιβλίο
        Έκδοση {release}
        (σ. {folio})
        Σελίδες {first} έως {last} του βιβλίου
        σ. {folio} του βιβλίου
        {count} ακόμη
        Βιβλιοδετήθηκε με το {program}.
        Η εικόνα δεν περιλαμβάνεται
        Στοιχεία έκδοσης
    """),
    "es": _words("""
        Contenido
        -
        Cubierta
        Portada
        Comienzo del texto
        Figuras
        Tablas
        Listados
        Puntos de referencia
        Páginas
        Notas
        En otras partes del libro
        Edición {release}
        (p. {folio})
        Páginas {first} a {last} del libro
        p. {folio} del libro
        {count} más
        Encuadernado con {program}.
        Imagen no incluida
        Página de créditos
    """),
    "fr": _words("""
        Table des matières
        -
        Couverture
        Page de titre
        Début du texte
        Figures
        Tableaux
        Codes sources
        Repères
        Pages
        Notes
        Ailleurs dans le livre
        Édition {release}
        (p. {folio})
        Pages {first} à {last} du livre
        p. {folio} du livre
        {count} autres
        Relié avec {program}.
        Image non incluse
        Mentions légales
    """),
    "he": _words("""
        תוכן העניינים
        מפתח
        כריכה
        שער
        תחילת הטקסט
        איורים
        טבלאות
        קטעי קוד
        ציוני דרך
        עמודים
        הערות
        במקומות אחרים בספר
        מהדורה {release}
        (עמ׳ {folio})
        עמודים {first} עד {last} של הספר
        עמ׳ {folio} בספר
        עוד {count}
        נכרך בעזרת {program}.
        התמונה אינה כלולה
        פרטי ההוצאה
    """)
    | {
        "numbered-figure": "איור %s",
        "numbered-table": "טבלה %s",
        "numbered-code-block": "קטע קוד %s",
        "numbered-section": "סעיף %s",
    },
    "hi": _words("""
        विषय-सूची
        अनुक्रमणिका
        आवरण
        शीर्षक पृष्ठ
        पाठ का आरंभ
        चित्र
        तालिकाएँ
        कोड
        मुख्य स्थल
        पृष्ठ
        टिप्पणियाँ
        पुस्तक में अन्यत्र
        संस्करण {release}
        (पृ. {folio})
        पुस्तक के पृष्ठ {first} से {last}
        पुस्तक का पृ. {folio}
        {count} और
        {program} द्वारा निर्मित।
        चित्र सम्मिलित नहीं है
        प्रकाशन विवरण
    """),
    "it": _words("""
        Indice
        Indice analitico
        Copertina
        Frontespizio
        Inizio del testo
        Figure
        Tabelle
        Listati
        Punti di riferimento
        Pagine
        Note
        Altrove nel libro
        Edizione {release}
        (p. {folio})
        Pagine da {first} a {last} del libro
        p. {folio} del libro
        altri {count}
        Rilegato con {program}.
        Immagine non inclusa
        Colophon
    """),
    "ja": _words("""
        目次
        -
        表紙
        標題紙
        本文
        図
        表
        リスト
        ランドマーク
        ページ
        注
        本書の他の箇所
        {release} 版
        ({folio} ページ)
        本書の {first} ページから {last} ページ
        本書 {folio} ページ
        ほか {count} 件
        {program} で製本。
        画像は収録されていません
        奥付
    """),
    "ko": _words("""
        차례
        -
        표지
        속표지
        본문
        그림
        표
        코드
        주요 위치
        쪽
        주석
        책의 다른 곳
        {release} 판
        ({folio}쪽)
        이 책의 {first}쪽부터 {last}쪽까지
        책 {folio}쪽
        외 {count}개
        {program}(으)로 제본함.
        그림이 포함되지 않음
        판권
    """),
    "nl": _words("""
        Inhoud
        Register
        Omslag
        Titelpagina
        Begin van de tekst
        Figuren
        Tabellen
        Codefragmenten
        Oriëntatiepunten
        Pagina’s
        Noten
        Elders in het boek
        Editie {release}
        (p. {folio})
        Pagina’s {first} tot en met {last} van het boek
        p. {folio} van het boek
        nog {count}
        Gebonden met {program}.
        Afbeelding niet opgenomen
        Colofon
    """),
    "pl": _words("""
        Spis treści
        -
        Okładka
        Strona tytułowa
        Początek tekstu
        Rysunki
        Tabele
        Listingi
        Punkty orientacyjne
        Strony
        Przypisy
        W innych miejscach książki
        Wydanie {release}
        (s. {folio})
        Strony od {first} do {last} książki
        s. {folio} książki
        {count} innych
        Oprawiono za pomocą {program}.
        Obraz pominięty
        Stopka redakcyjna
    """),
    "pt": _words("""
        Conteúdo
        Índice remissivo
        Capa
        Folha de rosto
        Início do texto
        Figuras
        Tabelas
        Listagens
        Pontos de referência
        Páginas
        Notas
        Em outras partes do livro
        Edição {release}
        (p. {folio})
        Páginas {first} a {last} do livro
        p. {folio} do livro
        mais {count}
        Encadernado com {program}.
        Imagem não incluída
        Ficha técnica
    """),
    "ru": _words("""
        -
        -
        Обложка
        Титульный лист
        Начало текста
        Рисунки
        Таблицы
        Листинги
        Ориентиры
        Страницы
        Примечания
        В других местах книги
        Издание {release}
        (с. {folio})
        Страницы {first}–{last} книги
        с. {folio} книги
        ещё {count}
        Переплетено программой {program}.
        Изображение не включено
        Выходные данные
    """),
    "th": _words("""
        สารบัญ
        ดัชนี
        ปก
        หน้าชื่อเรื่อง
        เริ่มเนื้อหา
        ภาพประกอบ
        ตาราง
        รายการโค้ด
        จุดสำคัญ
        หน้า
        หมายเหตุ
        ส่วนอื่นของหนังสือ
        ฉบับ {release}
        (น. {folio})
        หน้า {first} ถึง {last} ของหนังสือ
        น. {folio} ของหนังสือ
        อีก {count}
        จัดเล่มด้วย {program}
        ไม่ได้รวมภาพไว้
        หน้าลิขสิทธิ์
    """)
    | {
        "attention": "โปรดทราบ",
        "caution": "ข้อควรระวัง",
        "danger": "อันตราย",
        "error": "ข้อผิดพลาด",
        "hint": "คำใบ้",
        "important": "สำคัญ",
        "note": "หมายเหตุ",
        "seealso": "ดูเพิ่มเติม",
        "tip": "เคล็ดลับ",
        "warning": "คำเตือน",
        "entry-see": "ดู %s",
        "entry-seealso": "ดูเพิ่มเติม %s",
        "continued": "ต่อจากหน้าก่อน",
        "numbered-figure": "ภาพที่ %s",
        "numbered-table": "ตารางที่ %s",
        "numbered-code-block": "โค้ดที่ %s",
        "numbered-section": "หัวข้อ %s",
    },
    "zh_CN": _words("""
        -
        -
        封面
        书名页
        正文
        插图
        表格
        代码清单
        导航点
        页码
        注释
        本书其他位置
        {release} 版
        (第 {folio} 页)
        本书第 {first} 页至第 {last} 页
        本书第 {folio} 页
        另 {count} 处
        由 {program} 装订。
        未收录图片
        版权页
    """),
    "zh_TW": _words("""
        目錄
        索引
        封面
        書名頁
        正文
        插圖
        表格
        程式碼清單
        導覽點
        頁碼
        註釋
        本書其他位置
        {release} 版
        (第 {folio} 頁)
        本書第 {first} 頁至第 {last} 頁
        本書第 {folio} 頁
        另 {count} 處
        由 {program} 裝訂。
        未收錄圖片
        版權頁
    """),
}
"""The words by language. What a language lacks is Sphinx's, or English."""
