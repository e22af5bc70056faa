import { bytes } from "./numbers";
import { code, rich, strong, term } from "./rich";
import type { tellEn } from "./tell.en";
import { terms } from "./terms.ko";

/** Korean texts of what a line did. */
export const tellKo: typeof tellEn = {
  heading: (where) => where,
  born: (n) => `생성 ${n}`,
  died: (n) => `소멸 ${n}`,
  bound: (name, label, isNew) =>
    rich`이름 ${code(name)}에 ${isNew ? "새 " : ""}${label} 객체가 묶였습니다.`,
  rebound: (name, before, after, isNew) =>
    rich`이름 ${code(name)}의 참조가 ${before}에서 ${isNew ? "새 " : ""}${after} 쪽으로 바뀌었습니다.`,
  name: (name) => rich`이름 ${code(name)}의`,
  called: (fn, args, more) =>
    rich`${code(fn)} 함수가 호출되었습니다(${args.flatMap(({ name, label, isNew, isWeak }, i) => rich`${i ? ", " : ""}${code(name)}: ${isNew && !isWeak ? "새 " : ""}${label}${isWeak ? rich`의 ${term("약한 참조", terms.weak)}` : ""}`)}${more ? ` 외 ${more}개` : ""}).`,
  returns: (fn, label) => rich`${code(fn)} 함수가 ${label} 객체를 호출한 쪽에 넘깁니다.`,
  letGo: (name, label) => rich`이름 ${code(name)}의 ${label} 참조가 사라졌습니다.`,
  count: (label, before, after) =>
    rich`${label}의 ${term("참조 카운트", terms.count)}가 바뀌었습니다: ${strong(before)} → ${strong(after)}.`,
  moreNames: (n) => rich`그 밖에 이름 ${n}개의 참조가 바뀌었습니다.`,
  took: (who, label) => rich`이제 ${label} 객체에 ${who} 참조가 있습니다.`,
  tookWeakly: (who, label) =>
    rich`${label} 객체에 ${who} ${term("약한 참조", terms.weak)}가 생겼습니다.`,
  gaveUp: (who, label) => rich`${label} 객체에서 ${who} 참조가 사라졌습니다.`,
  forgot: (who, label) => rich`${label} 객체에서 ${who} 약한 참조가 사라졌습니다.`,
  closes: (name, label) =>
    name
      ? rich`안쪽 함수도 쓰는 이름 ${code(name)}에 ${label} 객체가 묶였습니다.`
      : rich`이제 클로저에 ${label} 참조가 있습니다.`,
  moreReferences: (n) => rich`그 밖에 참조 ${n}개가 생기거나 사라졌습니다.`,
  left: (frames) =>
    rich`${frames.flatMap((frame, i) => rich`${i ? ", " : ""}${code(frame)}`)} 함수가 반환하여 지역 이름의 참조가 사라졌습니다.`,
  paused: (frames) =>
    rich`${frames.flatMap((frame, i) => rich`${i ? ", " : ""}${code(frame)}`)} 호출이 멈추어 기다리며, 지역 이름의 참조는 그대로 남아 있습니다.`,
  classMade: (name) => rich`${code(name)} 클래스가 완성되었습니다.`,
  raising: (label) => rich`${label} 예외가 발생했습니다.`,
  traceback: (label) =>
    rich`${label} 예외가 발생했습니다. 그 트레이스백에 지나온 프레임과 지역 이름이 남아 있습니다.`,
  cost: (n) => {
    const said = [
      n.born &&
        rich`${strong(`객체 ${n.born}개`)}가 생성되었습니다${n.allocated ? rich`(${strong(bytes(n.allocated))})` : ""}.`,
      n.fell &&
        rich`${strong(`객체 ${n.fell}개`)}가 마지막 참조를 잃고 소멸했습니다${n.freed && !n.collected ? rich`(${strong(bytes(n.freed))} 해제)` : ""}.`,
      n.collected &&
        rich`${term("수집기", terms.collector)}가 ${strong(`객체 ${n.collected}개`)}를 해제했습니다${n.freed ? rich`(${strong(bytes(n.freed))})` : ""}.`,
      n.passing &&
        rich`${strong(`객체 ${n.passing}개`)}${n.passed ? rich`(${strong(bytes(n.passed))})` : ""}는 이 행 안에서만 살았습니다.`,
    ].filter((text) => text !== 0);
    return said.flatMap((text, i) => (i ? [" ", ...text] : text));
  },
  collectedNothing: rich`${term("수집기", terms.collector)}가 실행되었지만 찾은 것이 없습니다.`,
  lost: (n, lostBytes) =>
    rich`${strong(`객체 ${n}개${lostBytes ? `, ${bytes(lostBytes)}` : ""}`)}에는 이제 ${term("어떤 이름도 닿지 않지만", terms.unreachable)} 순환 참조로 남아 있습니다.`,
  peak: (top) => rich`이 행 안의 한순간에는 ${strong(bytes(top))}까지 살아 있었습니다.`,
  nothing: rich`지켜보는 객체의 생성, 소멸, 참조 변화가 없습니다.`,
  imported: rich`모듈을 불러왔습니다. 지켜보는 객체의 생성이나 소멸은 없습니다.`,
  defined: (name) =>
    rich`${code(name)} 정의가 끝났습니다. 부르기 전에는 그 안의 행이 실행되지 않습니다.`,
  classDefined: (name) => rich`${code(name)} 클래스의 본문이 여기에서 한 번 실행됩니다.`,
  printed: rich`출력했습니다. 지켜보는 객체의 생성이나 소멸은 없습니다.`,
  looped: rich`반복을 이어 갈지 확인했습니다. 지켜보는 객체의 생성이나 소멸은 없습니다.`,
  justBorn: (labels) => rich`방금 ${labels.join(", ")} 객체가 생성되었습니다.`,
  justFreed: (n) => rich`방금 메모리 ${bytes(n)}의 해제가 끝났습니다.`,
  justAllocated: (n) => rich`방금 메모리 ${bytes(n)}의 할당이 끝났습니다.`,
  justDied: (labels) => rich`방금 ${labels.join(", ")} 객체가 소멸했습니다.`,
  inside: (place, of, live) =>
    rich`행을 실행하는 도중, 이벤트 ${of}개 중 ${place}번째입니다. ${strong(`${bytes(live)} 사용 중`)}입니다.`,
  raised: (message) =>
    rich`${strong("예외가 발생했습니다:")} ${code(message)}. 프로그램은 여기서 끝나며 기록은 그대로 볼 수 있습니다.`,
  raisedIn: (mode, message) =>
    rich`${mode === "weak" ? "약한 참조" : "강한 참조"}: ${strong("예외가 발생했습니다:")} ${code(message)}. 이 실행은 여기서 끝납니다.`,
  both: (mode, died, freed) =>
    rich`${mode === "weak" ? "약한 참조" : "강한 참조"}: ${strong(died ? `객체 ${died}개 소멸, ${bytes(freed)} 해제` : "소멸 없음")}.`,
  unreadable: (type) =>
    rich`파이썬이 프로그램을 읽지 못했습니다: ${code(type)}. 기록된 것이 없습니다.`,
  noStep: rich`${strong("실행")} 버튼을 누르면 각 행이 한 일을 볼 수 있습니다.`,
};
