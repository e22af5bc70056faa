/** What went wrong with the runtime, said in the page's language. */
import type { Texts } from "../i18n";
import type { Fault } from "../runtime/faults";

export function tellFault(texts: Texts, fault: Fault): string {
  const t = texts.fault;
  switch (fault.code) {
    case "fetch":
      return t.fetch(fault.file, fault.status);
    case "file":
      return t.file(fault.file);
    case "browser":
      return t.browser(fault.lacks);
    case "start":
      return t.start(fault.detail);
    case "died":
      return t.died(
        fault.line,
        fault.why === "other" ? t.why.other(fault.detail) : t.why[fault.why],
      );
    case "broken":
      return t.broken(fault.line, fault.detail);
    default:
      return t[fault.code];
  }
}
