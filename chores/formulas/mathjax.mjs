// Formulas on standard input, a list of TeX, as MathJax's MathML on standard output; what it refuses is {"error": why}.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const require = createRequire(`${process.argv[2]}/`);
const { mathjax } = require("mathjax-full/js/mathjax.js");
const { TeX } = require("mathjax-full/js/input/tex.js");
const { AllPackages } = require("mathjax-full/js/input/tex/AllPackages.js");
const { liteAdaptor } = require("mathjax-full/js/adaptors/liteAdaptor.js");
const { RegisterHTMLHandler } = require("mathjax-full/js/handlers/html.js");
const { SerializedMmlVisitor } = require("mathjax-full/js/core/MmlTree/SerializedMmlVisitor.js");
const { STATE } = require("mathjax-full/js/core/MathItem.js");

RegisterHTMLHandler(liteAdaptor());
// without those that hide errors, and bussproofs, which needs an output of MathJax
const packages = AllPackages.filter((name) => !["noerrors", "noundefined", "bussproofs"].includes(name));
const visitor = new SerializedMmlVisitor();

function converted(tex) {
  let error = "";
  const formatError = (_, found) => {
    throw found;
  };
  try {
    // a document for each: what a formula defines is gone with it
    const page = mathjax.document("", { InputJax: new TeX({ packages, formatError }) });
    return visitor.visitTree(page.convert(tex, { display: true, end: STATE.CONVERT }));
  } catch (found) {
    error = String(found.message || found);
  }
  return { error };
}

process.stdout.write(JSON.stringify(JSON.parse(readFileSync(0, "utf-8")).map(converted)));
