import type { Who } from "../lesson/questions";
import type { lessonEn } from "./lesson.en";
import { bytes } from "./numbers";
import { code, type Rich, rich, strong, term } from "./rich";
import { terms } from "./terms.ko";

/** A noun follows, or a particle that depends on no sound: "이름 y의 객체". */
const who = (of: Who): Rich =>
  "label" in of
    ? [code(of.label)]
    : of.nth === undefined
      ? ["이름 ", code(of.name), "의 객체"]
      : [`${of.nth}번째 `, code(of.name), " 객체"];

const whose = (of: Who): Rich => ("label" in of ? [code(of.label), " 객체"] : who(of));

const when = ({ line, pass }: { line?: number; pass?: number }): string =>
  line === undefined
    ? "마지막에"
    : pass && pass > 0
      ? `${pass}회째 ${line}행 실행 후`
      : `${line}행 실행 후`;

/** Korean texts of lessons and their questions. */
export const lessonKo: typeof lessonEn = {
  region: "학습",
  open: "이 예제에 대하여",
  contents: "목차",
  place: (n, of) => `${n} / ${of}`,
  previous: "이전 예제",
  next: "다음 예제",
  close: "학습 닫기",
  chapter: {
    step17: "책: 17단계",
    memory: "수집기와 깊이",
    leaks: "실제 메모리 누수",
    training: "학습",
  },
  tries: "해 볼 것",
  edit: "프로그램에 적용",
  undo: "되돌리기",
  gone: "프로그램에 해당하는 행이 더는 없습니다.",
  check: "확인 문제.",
  asks(question) {
    switch (question.ask) {
      case "line of death":
        return rich`${whose(question.of)}는 몇 행에서 소멸합니까?`;
      case "cause":
        return rich`${whose(question.of)}는 무엇에 의해 소멸합니까?`;
      case "count":
        return rich`${when(question.at)} ${whose(question.of)}의 ${term("참조 카운트", terms.count)}는 얼마입니까?`;
      case "holder":
        return rich`${when(question.at)} ${whose(question.of)}를 붙잡는 것은 무엇입니까?`;
      case "alive":
        return rich`${when(question.at)} 살아 있는 객체는 몇 개입니까?`;
      case "unreachable":
        return rich`${when(question.at)} ${term("어떤 이름으로도 닿을 수 없는", terms.unreachable)} 객체는 몇 개입니까?`;
      case "deaths":
        return rich`${question.at.pass && question.at.pass > 0 ? `${question.at.pass}회째 ` : ""}${question.at.line ?? 0}행에서 소멸하는 객체는 몇 개입니까?`;
      case "bytes":
        return rich`${when(question.at)} ${term("살아 있는", terms.live)} 메모리는 얼마입니까?`;
      case "peak":
        return rich`${term("가장 많을 때", terms.peak)} 살아 있는 메모리는 얼마입니까?`;
      case "first to die":
        return rich`가장 먼저 소멸하는 객체는 무엇입니까?`;
      case "collected":
        return rich`${question.at.line ?? 0}행에서 ${term("수집기", terms.collector)}가 해제하는 객체는 몇 개입니까?`;
    }
  },
  choice(question, choice) {
    if (choice === null) return "소멸하지 않음";
    if (question.ask === "line of death") return `${choice}행`;
    if (question.ask === "bytes" || question.ask === "peak") return bytes(Number(choice));
    if (choice === "refcount") return "참조 카운트";
    if (choice === "gc") return "수집기";
    return String(choice);
  },
  meaning(choice) {
    if (choice === "refcount") return terms.count;
    return choice === "gc" ? terms.collector : null;
  },
  fact(question, right) {
    switch (question.ask) {
      case "line of death":
        return right === null
          ? rich`${whose(question.of)}는 마지막까지 살아 있습니다.`
          : rich`${whose(question.of)}는 ${strong(`${right}행`)}에서 소멸했습니다.`;
      case "cause":
        return right === null
          ? rich`${whose(question.of)}는 마지막까지 살아 있습니다.`
          : right === "gc"
            ? rich`${whose(question.of)}는 ${strong("수집기")}가 해제했습니다.`
            : rich`${whose(question.of)}는 ${strong("참조 카운트")}가 0이 되어 소멸했습니다.`;
      case "count":
        return rich`${when(question.at)} 카운트는 ${strong(right ?? 0)}입니다.`;
      case "holder":
        return rich`${when(question.at)} ${code(right ?? "")}의 참조가 붙잡습니다.`;
      case "alive":
        return rich`${when(question.at)} 객체 ${strong(`${right}개`)}가 살아 있습니다.`;
      case "unreachable":
        return rich`${when(question.at)} 객체 ${strong(`${right}개`)}에 ${term("닿을 수 없습니다", terms.unreachable)}.`;
      case "deaths":
        return rich`그 행에서 객체 ${strong(`${right}개`)}가 소멸했습니다.`;
      case "bytes":
        return rich`${when(question.at)} ${strong(bytes(Number(right)))} 상태입니다.`;
      case "peak":
        return rich`${term("가장 많을 때", terms.peak)} ${strong(bytes(Number(right)))} 상태였습니다.`;
      case "first to die":
        return rich`${code(right ?? "")} 객체가 먼저 소멸했습니다.`;
      case "collected":
        return rich`그 행에서 ${term("수집기", terms.collector)}가 객체 ${strong(`${right}개`)}를 해제했습니다.`;
    }
  },
  right: "맞습니다. 지금 기록에서 확인했습니다. ",
  wrong: "지금 기록에서는 다릅니다. ",
  show: "보기",
  unanswered: {
    run: "실행을 누르면 기록이 답합니다.",
    stale: "프로그램이 바뀌었습니다. 다시 실행하면 새 기록이 답합니다.",
    outputs: {
      weak: "약한 참조에 대한 문제입니다. 약한 참조를 고르고 실행하세요.",
      strong: "강한 참조에 대한 문제입니다. 강한 참조를 고르고 실행하세요.",
    },
    object: "이 기록에는 그런 객체가 없습니다. 프로그램이 바뀌었기 때문입니다.",
    line: "이 기록에서는 그 행이 실행되지 않았습니다. 프로그램이 바뀌었기 때문입니다.",
    steps: "이 기록에는 실행된 행이 없습니다.",
  },
};
