/** The two languages of the page. Components get the texts of the moment and ask for nothing else. */
import { en, type Texts } from "./en";
import { ko } from "./ko";

export type Language = "en" | "ko";
export type { Texts };
export const texts: Record<Language, Texts> = { en, ko };
