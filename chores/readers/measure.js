// What a page of a reading system shows of a chapter: what is cut at the page's edge, which pages are blank.

const SLACK = 1.5; // pixels by which letters may stand out of their line
const CALM = 200; // milliseconds without a change
const LONGEST = 10_000; // milliseconds
const MOST = 20; // faults told of each chapter

// The pages of a document that is set as columns, lengths in CSS pixels.
function columnsOf(doc) {
  for (const element of [doc.body, doc.documentElement]) {
    const style = doc.defaultView.getComputedStyle(element);
    if (style.columnWidth === "auto") continue;
    const box = element.getBoundingClientRect();
    const [left, right] = [parseFloat(style.paddingLeft), parseFloat(style.paddingRight)];
    // one column fills its element, so that its true width is the element's, not the one that was asked for
    const width = box.width - left - right;
    const rtl = style.direction === "rtl";
    return { width, stride: width + parseFloat(style.columnGap), edge: rtl ? box.right - right : box.left + left, rtl };
  }
  throw new Error("the chapter is not set as pages");
}

// Everything that can be seen: words, pictures, tables, rules. White space that hangs at the end of a line is not seen.
function* seen(doc) {
  const walker = doc.createTreeWalker(doc.body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  const range = doc.createRange();
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.nodeType === Node.TEXT_NODE) {
      for (const { 0: word, index } of node.data.matchAll(/\S+/g)) {
        range.setStart(node, index);
        range.setEnd(node, index + word.length);
        for (const rect of range.getClientRects()) yield [node.parentElement, rect, word];
      }
    } else if (/^(img|svg|math|table|hr)$/i.test(node.localName)) {
      for (const rect of node.getClientRects()) yield [node, rect, ""];
      if (node.localName === "svg") walker.currentNode = last(node);
    }
  }
}

function fault(over, element, text) {
  const name = [element.localName, ...element.classList].join(".");
  return { over: Math.round(over), element: name, text: text.slice(0, 60) };
}

function last(node) {
  while (node.lastChild) node = node.lastChild;
  return node;
}

// The document, when its reading system has made up its pages: that counts them more than once.
window.settled = async (doc) => {
  const until = performance.now() + LONGEST;
  let since = performance.now();
  for (let wide = -1; performance.now() < until && performance.now() - since < CALM; ) {
    if (doc.documentElement.scrollWidth !== wide) [wide, since] = [doc.documentElement.scrollWidth, performance.now()];
    await new Promise((done) => setTimeout(done, 20));
  }
  return doc;
};

// The faults of one chapter, and how many pages it has.
window.measure = (doc) => {
  const { width, stride, edge, rtl } = columnsOf(doc);
  const wide = [];
  const inked = new Set();
  for (const [element, rect, text] of seen(doc)) {
    if (rect.width < 0.5 || rect.height < 0.5) continue;
    const [near, far] = rtl ? [edge - rect.right, edge - rect.left] : [rect.left - edge, rect.right - edge];
    const page = Math.max(0, Math.floor((near + SLACK) / stride));
    for (let at = page; at * stride < far - SLACK; at += 1) inked.add(at);
    const over = Math.max(far - page * stride - width, page * stride - near);
    if (over > SLACK) wide.push(fault(over, element, text));
  }
  const scrolled = [...doc.body.querySelectorAll("*")].filter(
    (e) => e.clientWidth && e.scrollWidth > e.clientWidth + SLACK && doc.defaultView.getComputedStyle(e).overflowX !== "visible",
  );
  for (const element of scrolled) wide.push(fault(element.scrollWidth - element.clientWidth, element, "scrolls sideways"));
  const pages = Math.max(1, Math.round((doc.documentElement.scrollWidth + stride - width) / stride));
  const blank = [...Array(pages).keys()].filter((at) => !inked.has(at)).map((at) => at + 1);
  return { pages, blank, wide: wide.sort((a, b) => b.over - a.over).slice(0, MOST), width: Math.round(width) };
};
