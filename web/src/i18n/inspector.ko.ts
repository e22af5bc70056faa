import type { inspector as inEnglish } from "./inspector.en";
import { bytes } from "./numbers";
import { code, rich, strong, term } from "./rich";
import { terms } from "./terms.ko";

const itself = (n: number): string => (n === 1 ? "자신뿐" : `자신을 포함한 객체 ${n}개`);

export const inspector: typeof inEnglish = {
  region: "인스펙터",
  step: "이 단계에서",
  bornHere: "생성",
  diedHere: "소멸",
  neither: "생성되거나 소멸한 것이 없습니다.",
  more: (n) => `그 밖에 ${n}개`,
  choose: "그래프나 표에서 객체를 고르면 무엇이 참조하는지 볼 수 있습니다.",
  notBorn: "이 단계에서는 아직 생성되지 않았습니다.",
  was: (name) => `이전 이름 ${name}`,
  count: "참조 카운트",
  unexplained: (n) => rich`기록된 참조로 설명되지 않는 ${n}개`,
  notCounted: {
    weak: "약한 참조라 세지 않음",
    borrowed: "빌린 참조라 CPython 3.14에서는 세지 않음",
  },
  noWeak: "약한 참조: 없음",
  weakCount: (n) => `약한 참조: ${n}`,
  countIsZero: "마지막 참조",
  why: "살아 있는 이유",
  whyLost: "남아 있는 이유",
  whatKilled: "소멸 원인",
  otherwise: (who, root) =>
    rich`그것을 없애도 ${who}가 남습니다.${root === null ? "" : rich` ${code(root)} 이름에서 이어집니다.`}`,
  onlyWay: "바깥에서 오는 다른 참조는 없습니다.",
  edit: "놓아주려면:",
  andEdit: ", 그리고 ",
  editFrees: (n, nbytes, all) =>
    n === 0
      ? rich`이것만으로는 아무것도 해제되지 않습니다. 다른 참조가 남기 때문입니다.`
      : rich`그러면 ${strong(`객체 ${n}개`)}${nbytes ? `, ${bytes(nbytes)}` : ""}가 해제됩니다.${all ? "" : " 고른 객체는 남습니다."}`,
  wouldFree: "지금 소멸하면 해제되는 양",
  islandFrees: "수집기가 해제할 양",
  freed: "해제됨",
  ofLive: (total) => `전체 ${bytes(total)} 중`,
  atOnce: (n, nbytes) =>
    nbytes === null
      ? rich`${strong(`객체 ${n}개`)} 즉시 해제${n === 1 ? "" : "(자신 포함)"}`
      : rich`${strong(bytes(nbytes))} 즉시 해제, ${itself(n)}`,
  afterCollection: (n, nbytes) =>
    rich`${term("수집", terms.collection)} 후 ${nbytes === null ? `객체 ${n}개` : bytes(nbytes)} 더`,
  wholeIsland: (n, nbytes) =>
    nbytes === null
      ? rich`${term("섬", terms.island)} 전체, ${strong(`객체 ${n}개`)}`
      : rich`${strong(bytes(nbytes))}, ${term("섬", terms.island)} 전체, 객체 ${n}개`,
  wholeFall: (n, nbytes) =>
    nbytes === null
      ? rich`함께 소멸한 ${strong(`객체 ${n}개`)}`
      : rich`${strong(bytes(nbytes))} ${n === 1 ? "혼자 소멸" : `함께 소멸한 객체 ${n}개`}`,
  memory: "메모리",
  owns: (n) => rich`자신의 메모리 ${strong(bytes(n))}`,
  viewOf: (label, part, whole) => rich`뷰: ${label} 소유의 ${whole} 가운데 ${strong(part)}`,
  viewOfUnknown: "기록된 배열이 소유하지 않은 메모리의 뷰",
  keepsAll: (whole) => `이 뷰 하나 때문에 ${whole} 전체가 남아 있습니다.`,
  ownerDead: "소유한 배열은 소멸했습니다.",
  views: "뷰",
  shape: "shape",
  dtype: "dtype",
  values: "값",
  data: "data",
  holds: "참조하는 것",
  holdsNothing: "기록된 객체 가운데 참조하는 것이 없습니다.",
  generation: (n) => `${n}세대`,
  weakly: "약하게",
  life: "수명",
  born: "생성",
  died: "소멸",
  dies: "소멸",
  cause: "원인",
  order: "순서",
  orderOf: (place, of) => `함께 소멸한 ${of}개 중 ${place}번째`,
  outlives: "기록이 끝날 때까지 생존",
  notHere: "이 기록에서는 소멸하지 않음",
  older: "기록을 시작하기 전",
  placeAndPass: (where, pass, of) => (of > 1 ? `${of}회 중 ${pass}회째 ${where}` : where),
  lastHolder: (who) => rich`${term("참조 카운트", terms.count)} 0, 마지막 참조는 ${who}`,
  refcount: rich`${term("참조 카운트", terms.count)} 0`,
  collector: "수집기",
  ofGeneration: (n) => `${n}세대`,
  inCycle: "순환에 속하거나 순환이 참조함",
  whatIf: "만약",
  isWeak: (who) => [...who, " 참조를 약하게"],
  noStrong: "약하게 할 강한 참조가 없습니다.",
  counting: "기록을 살펴보는 중 …",
  weakNow: (died, lost, nbytes) =>
    died + lost === 0
      ? rich`지금 놓으면 ${strong("아무것도 소멸하지 않습니다.")} 다른 참조가 있기 때문입니다.`
      : rich`지금 놓으면 ${strong(died ? `객체 ${died}개가 즉시 소멸합니다` : "즉시 소멸하는 것은 없습니다")}${lost ? `. 객체 ${lost}개는 수집기만 해제합니다` : ""}${nbytes ? ` (${bytes(nbytes)})` : ""}.`,
  sameDeath: rich`처음부터 약했어도 수명은 같습니다.`,
  sooner: (steps, where, cause) =>
    rich`처음부터 약했다면 ${strong(cause === "refcount" ? `${steps}행 먼저 소멸했을 것입니다` : `${steps}행 먼저 닿을 수 없게 되었을 것입니다`)} (${where}).`,
  wouldDie: (where, cause) =>
    rich`처음부터 약했다면 ${strong(cause === "refcount" ? `${where}에서 소멸했을 것입니다` : `${where} 다음의 수집에서야 해제되었을 것입니다`)}.`,
  withIt: (n) => rich`함께 소멸할 객체는 ${n}개입니다.`,
  othersFall: (n) =>
    rich`처음부터 약했어도 이 객체의 수명은 같지만, 다른 객체 ${n}개는 먼저 소멸합니다.`,
  newPeak: (peak, before) => rich`최대 사용량은 ${bytes(before)}에서 ${bytes(peak)}로 줄어듭니다.`,
  losesInput: (label) => rich`대신 ${label}에서 ${code("backward()")} 호출은 입력을 찾지 못합니다.`,
  losesCreator: (label) =>
    rich`대신 ${label}의 creator가 사라져 ${code("backward()")} 호출은 거기에서 끝납니다.`,
  losesData: (label) => rich`대신 ${label}의 배열이 사라집니다.`,
  finds: (who) => rich`대신 ${who} 자리를 읽어도 아무것도 없습니다.`,
  loseFirst: {
    dies: (name) => rich`${name} 참조를 잃으면 카운트가 ${strong(0)}이 되어 즉시 소멸합니다.`,
    stays: (name, left) => rich`${name} 참조를 잃어도 카운트가 ${strong(left)}이므로 남습니다.`,
    lost: (name, left) =>
      rich`${name} 참조를 잃어도 카운트가 ${strong(left)}이므로, 닿을 수 없는 채로 남습니다.`,
  },
  grown: {
    heading: "늘어난 것",
    since: "기준",
    beginning: "처음",
    stepAt: (step, where) => `${step}단계, ${where}`,
    fromHere: "여기부터 세기",
    fromStart: "처음부터 세기",
    nothing: "그 뒤에 생성되어 살아 있는 것이 없습니다.",
    flat: "여러 번 실행되며 매번 무언가를 남긴 행이 없습니다. 쌓이는 것이 없습니다.",
    line: (line) => (line === null ? "다른 곳" : `${line}행`),
    left: (n, runs) => `객체 ${n}개${runs > 1 ? `, ${runs}회 실행` : ""}`,
    types: (types) =>
      Object.entries(types)
        .map(([type, n]) => `${type} ${n}`)
        .join(", "),
    piles: "쌓임",
    pinned: (label, used, whole) =>
      rich`${used}만 읽는 뷰 때문에 ${label}의 ${strong(whole)} 전체가 남아 있습니다.`,
    most: "가장 많이 유지하는 것",
    retains: (n) => `객체 ${n}개`,
  },
};
