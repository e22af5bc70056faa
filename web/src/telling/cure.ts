/** The edit that lets an object die, in words. */
import type { Cure } from "../analysis/cures";
import type { Texts } from "../i18n";
import type { Rich } from "../i18n/rich";

export function cureText(texts: Texts, cure: Cure): Rich {
  const t = texts.cure;
  switch (cure.rule) {
    case "traceback":
      return t.traceback(cure.error);
    case "interactive":
      return t.interactive(cure.name, cure.name === "_oh" || cure.name === "Out");
    case "cache":
      return t.cache(cure.name);
    case "view":
      return t.view(cure.name);
    case "gradient graph":
      return t.gradientGraph(cure.name);
    case "collected":
      return t.collected(cure.verb, cure.value);
    case "kept by function":
      return t.keptByFunction(cure.type, cure.attribute);
    case "closure":
      return t.closure(cure.function, cure.name, cure.ofValue);
    case "recurrent state":
      return t.recurrentState(cure.path);
    case "unexplained":
      return t.unexplained;
    case "wait":
      return cure.until === "return" ? t.return(cure.function) : t[cure.until];
    case "drop":
      return cure.how === "frame" ? t.frame(cure.function, cure.path) : t[cure.how](cure.path);
  }
}
