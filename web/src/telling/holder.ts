/** A holder in words: `name x in <module>`, `inputs[0] of Square#4`, `argument x of f`. */
import type { Texts } from "../i18n";
import type { Rich } from "../i18n/rich";
import { type Holder, mannerOf, unnamedOf } from "../trace/holders";
import type { Recording } from "../trace/recording";
import { labelOf } from "../trace/replay";

export function holderText(texts: Texts, r: Recording, by: Holder): Rich {
  const t = texts.holder;
  const place = r.objects.type[by.holder]!;
  const manner = mannerOf(r, by);
  switch (manner) {
    case "unnamed":
      return unnamedText(texts, by.path, place)!;
    case "return":
      return t.return(place);
    case "attribute":
      return t.attribute(by.path, labelOf(r, by.holder));
    case "only":
      return [labelOf(r, by.holder)];
    default:
      return t[manner](by.path, place);
  }
}

/** A path as it stands, or a word for what holds without a name at its beginning. */
export function wordOf({ holder: t }: Texts, path: string): string {
  const unnamed = unnamedOf(path);
  return unnamed ? t.words[unnamed.word] + unnamed.rest : path;
}

/** Who holds without a name; null if the path begins with one. */
export function unnamedText({ holder: t }: Texts, path: string, place: string): Rich | null {
  const unnamed = unnamedOf(path);
  if (!unnamed) return null;
  const who = t.unnamed[unnamed.word](place);
  return unnamed.rest ? t.within(unnamed.rest, who) : who;
}
