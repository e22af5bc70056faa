import { consoleKo } from "./console.ko";
import type { Texts } from "./en";
import { inspector } from "./inspector.ko";
import { lessonKo } from "./lesson.ko";
import { bytes } from "./numbers";
import { code, rich, strong, term } from "./rich";
import { shareKo } from "./share.ko";
import { statusKo } from "./status.ko";
import { terms } from "./terms.ko";
import { cure, why } from "./why.ko";

const count = (n: number): string => n.toLocaleString("en");
const ended = (line: number, why: string): string =>
  `${line}행에서 기록이 끝났습니다. ${why}. 프로그램은 기록 없이 끝까지 실행되었습니다.`;

/** Korean. A particle that depends on the last sound never follows an identifier or a number. */
export const ko: Texts = {
  language: "한국어",
  bytes,
  page: {
    title: "Livegrad",
    controls: "조작",
    theme: "테마",
    languages: "언어",
  },
  controls: {
    example: "예제",
    own: "직접 쓴 프로그램",
    run: "실행",
    runWhenReady: "준비되면 실행",
    stop: "중지",
    share: "공유",
    outputs: "출력 참조",
    weak: "약한 참조",
    strong: "강한 참조",
    compare: "비교",
    more: "수업, 출력, 그 밖의 것",
  },
  status: statusKo,
  program: {
    heading: "프로그램",
    allocated: "+ kB",
    freed: "− kB",
    costs: "각 행의 마지막 실행 기준",
    changed: "기록한 뒤에 바뀌었습니다",
  },
  lesson: lessonKo,
  share: shareKo,
  console: consoleKo,
  output: {
    heading: "출력",
    cut: "출력은 처음 1,000,000자까지만 표시합니다.",
    nothing: "출력된 내용이 없습니다.",
    notRun: "아직 실행하지 않았습니다.",
    running: "아직 출력된 내용이 없습니다.",
    recorded: (steps) => `${steps}단계를 기록했습니다.`,
    collections: (runs, shown, found) =>
      runs === 0
        ? rich`${term("수집기", terms.collector)}는 실행되지 않았습니다.`
        : rich`${term("수집기", terms.collector)}가 ${runs}번 실행되어 ${shown ? `객체 ${shown}개를 해제했습니다.` : found ? "그림에 없는 것만 해제했습니다." : "아무것도 찾지 못했습니다."}`,
    errorAt: (type, line) => `${line}행 ${type}`,
    stoppedByYou: "중지했습니다. 여기까지의 기록은 남아 있습니다.",
    limit: {
      lines: (line, n) => ended(line, `실행한 행 수가 한도(${count(n)})에 이르렀습니다`),
      events: (line, n) => ended(line, `이벤트 수가 한도(${count(n)})에 이르렀습니다`),
      bytes: (line, n) => ended(line, `기록의 크기가 한도(${count(n)}바이트)에 이르렀습니다`),
      objects: (line, n) =>
        ended(line, `한 단계에서 살펴볼 객체 수가 한도(${count(n)})에 이르렀습니다`),
      failed: (line, words) => ended(line, `기록기 자체에 오류가 생겼습니다(${words})`),
    },
    mode: { weak: "출력을 약하게", strong: "출력을 강하게" },
  },
  place: ({ line, input }) =>
    [...(input ? [`콘솔 입력 ${input}`] : []), ...(line || !input ? [`${line}행`] : [])].join(", "),
  position: {
    after: (where) => `${where} 실행 후`,
    inside: (where) => `${where} 실행 중`,
    pass: (pass, of) => `${of}회 중 ${pass}회째`,
    step: (step, of) => `${of}단계 중 ${step}단계`,
    valueText: (step, of, where) => `${of}단계 중 ${step}단계, ${where}`,
    slider: "단계",
    previous: "이전 행",
    next: "다음 행",
    death: "다음 소멸",
    collection: "다음 수집",
    play: "재생",
    pause: "일시 정지",
    short: { line: "행", death: "소멸", collection: "수집" },
    live: (size) => rich`${strong(size)} 사용 중`,
    objects: (n) => rich`객체 ${strong(`${n}개`)}`,
    peak: (size) => rich`지금까지 최대 ${strong(size)}`,
    holds: (times) =>
      rich`강한 쪽이 ${strong(`${times < 10 ? times.toFixed(1).replace(".0", "") : Math.round(times)}배`)}`,
    nothing: "기록 없음",
  },
  tell: {
    heading: (where) => where,
    born: (n) => `생성 ${n}`,
    died: (n) => `소멸 ${n}`,
    bound: (name, label, isNew) =>
      rich`이름 ${code(name)}에 ${isNew ? "새 " : ""}${label} 객체가 묶였습니다.`,
    rebound: (name, before, after, isNew) =>
      rich`이름 ${code(name)}의 참조가 ${before}에서 ${isNew ? "새 " : ""}${after} 쪽으로 바뀌었습니다.`,
    returns: (fn, label) => rich`${code(fn)} 함수가 ${label} 객체를 호출한 쪽에 넘깁니다.`,
    letGo: (name, label) => rich`이름 ${code(name)}의 ${label} 참조가 사라졌습니다.`,
    count: (label, before, after) =>
      rich`${label}의 ${term("참조 카운트", terms.count)}가 바뀌었습니다: ${strong(before)} → ${strong(after)}.`,
    moreNames: (n) => rich`그 밖에 이름 ${n}개의 참조가 바뀌었습니다.`,
    took: (who, label) => rich`이제 ${label} 객체에 ${who} 참조가 있습니다.`,
    tookWeakly: (who, label) =>
      rich`${label} 객체에 ${who} ${term("약한 참조", terms.weak)}가 생겼습니다.`,
    gaveUp: (who, label) => rich`${label} 객체에서 ${who} 참조가 사라졌습니다.`,
    closes: (label) => rich`이제 클로저에 ${label} 참조가 있습니다.`,
    moreReferences: (n) => rich`그 밖에 참조 ${n}개가 생기거나 사라졌습니다.`,
    left: (frames) =>
      rich`${frames.flatMap((frame, i) => rich`${i ? ", " : ""}${code(frame)}`)} 함수가 반환하여 지역 이름의 참조가 사라졌습니다.`,
    traceback: (label) =>
      rich`${label} 예외가 발생했습니다. 그 traceback에 지나온 프레임과 지역 이름이 남아 있습니다.`,
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
    looped: rich`반복이 이어집니다. 지켜보는 객체의 생성이나 소멸은 없습니다.`,
    justBorn: (labels) => rich`방금 ${labels.join(", ")} 객체가 생성되었습니다.`,
    justFreed: (n) => rich`방금 메모리 ${bytes(n)}의 해제가 끝났습니다.`,
    justAllocated: (n) => rich`방금 메모리 ${bytes(n)}의 할당이 끝났습니다.`,
    justDied: (labels) => rich`방금 ${labels.join(", ")} 객체가 소멸했습니다.`,
    inside: (place, of, live) =>
      rich`행을 실행하는 도중, 사건 ${of}개 중 ${place}번째입니다. ${strong(`${bytes(live)} 사용 중`)}입니다.`,
    raised: (message) =>
      rich`${strong("예외가 발생했습니다:")} ${code(message)}. 프로그램은 여기서 끝나며 기록은 그대로 볼 수 있습니다.`,
    raisedIn: (mode, message) =>
      rich`${mode === "weak" ? "약한 참조" : "강한 참조"}: ${strong("예외가 발생했습니다:")} ${code(message)}. 이 실행은 여기서 끝납니다.`,
    both: (mode, died, freed) =>
      rich`${mode === "weak" ? "약한 참조" : "강한 참조"}: ${strong(died ? `객체 ${died}개 소멸, ${bytes(freed)} 해제` : "소멸 없음")}.`,
    unreadable: (type) =>
      rich`파이썬이 프로그램을 읽지 못했습니다: ${code(type)}. 기록된 것이 없습니다.`,
    noStep: rich`${strong("실행")} 버튼을 누르면 각 행이 한 일을 볼 수 있습니다.`,
  },
  graph: {
    region: "그래프",
    heading: "살아 있는 객체",
    strong: "강함",
    weak: "약함",
    dead: "소멸",
    instance: "객체",
    diedHere: (n) => `† ${n}개 소멸`,
    island: (n) => `⊘ 도달할 수 없는 섬, 객체 ${n}개`,
    node: (label, names, state, count) =>
      `${names ? `${names}, ` : ""}${label}, ${state}${state === "소멸" ? "" : `, 참조 카운트 ${count}`}`,
    earlier: (n) => `이전 단계에서 ${n}개 소멸`,
    temporaries: (n) => `이 행 안에서만 산 객체 ${n}개`,
    olderIslands: (islands, n, size) => `이전 섬 ${islands}개: 객체 ${n}개, ${bytes(size)}`,
    notDrawn: (n) => `그리지 않은 살아 있는 객체 ${n}개: 표에서 볼 수 있습니다`,
    nothingDied: "소멸한 객체 없음",
    noOlder: "이전에 소멸한 객체 없음",
    empty: "이 페이지가 그리는 객체 가운데 살아 있는 것이 없습니다.",
    table: "표로 보기",
    graph: "그래프로 보기",
    fold: (type, objects, groups, size, state) =>
      `${groups ? `${type} 묶음 ${groups}개, 객체 ${objects}개` : `${type} ${objects}개`}${size ? `, ${bytes(size)}` : ""} 접힘, ${state}: 펼치기`,
    arranging: (n) => `객체 ${n.toLocaleString("en")}개의 자리를 정하고 있습니다.`,
    formedAt: (where, step) => `${where}, ${step}단계에서 생김`,
    islandCard: (n, size) => `객체 ${n}개${size ? `, ${bytes(size)}` : ""}`,
    andMore: (n) => `그 밖에 ${n.toLocaleString("en")}개`,
    notHere: "이 행을 실행하지 않음",
    hide: (kind) => `${kind} 모두 보이기, 감추기`,
  },
  find: {
    open: "객체 찾기",
    label: "찾을 객체",
    hint: "이름, 타입, 번호",
    matches: (at, of) =>
      of === 0 ? "살아 있는 것 없음" : at ? `${of}개 가운데 ${at}번째` : `${of}개`,
    next: "다음 객체",
    previous: "이전 객체",
    close: "닫기",
  },
  zoom: {
    heading: "확대와 축소",
    larger: "크게",
    smaller: "작게",
    fit: "맞춤",
    fold: "다시 접기",
  },
  empty: {
    first: "실행을 누르면 프로그램을 기록하고 객체를 볼 수 있습니다.",
    loading: "파이썬을 불러오고 있습니다. 지금 고치고 실행을 눌러 두면 준비되는 대로 시작합니다.",
    mode: (mode) => `이 프로그램을 ${mode} 방식으로 실행한 기록이 없습니다. 실행을 누르세요.`,
    compare: "실행을 누르면 출력을 약하게 한 번, 강하게 한 번 실행합니다.",
    noSteps: "실행된 행이 없어서 단계를 옮길 수 없습니다.",
  },
  table: {
    part: (n, of, button) =>
      `객체 ${count(of)}개 중 처음 ${count(n)}개입니다. “${button}” 버튼이나 T 키를 누르면 표 전체를 볼 수 있습니다.`,
    name: "객체",
    object: "이름",
    type: "타입",
    state: "상태",
    count: "참조 카운트",
    weak: "약한 참조",
    bytes: "바이트",
    born: "생성 행",
    died: "소멸 행",
    cause: "원인",
    label: "표지",
  },
  state: { unborn: "생성 전", alive: "살아 있음", unreachable: "도달 불가", dead: "소멸" },
  cause: {
    refcount: "참조 카운트",
    gc: (generation) => (generation === null ? "수집기" : `수집기, ${generation}세대`),
  },
  holder: {
    name: (name, module) => rich`${code(module)}의 이름 ${code(name)}`,
    item: (path, place) => rich`${code(place)}의 ${code(path)}`,
    argument: (name, frame) => rich`${code(frame)} 함수의 인수 ${code(name)}`,
    local: (name, frame) => rich`${code(frame)} 함수의 지역 이름 ${code(name)}`,
    return: (frame) => rich`${code(frame)} 함수의 반환값`,
    attribute: (path, label) => rich`${label}의 ${code(path)}`,
    attributeOf: (path, label) => rich`${label}의 ${path}`,
    within: (path, holder) => rich`${holder}의 ${code(path)}`,
    words: {
      C: "C 코드",
      call: "호출",
      temporary: "식",
      function: "실행 중",
      handled: "처리 중",
      raised: "전파 중",
      subclasses: "하위 클래스",
    },
    unnamed: {
      C: (frame) => rich`${code(frame)} 함수를 호출한 C 코드(추론)`,
      call: (frame) => rich`${code(frame)} 함수의 끝나지 않은 호출(추론)`,
      temporary: (frame) => rich`${code(frame)} 프레임의 끝나지 않은 식`,
      function: (frame) => rich`${code(frame)} 함수의 진행 중인 호출`,
      handled: () => rich`이 예외를 처리 중인 인터프리터`,
      raised: () => rich`이 예외를 전파 중인 인터프리터`,
      subclasses: () => rich`클래스의 하위 클래스 목록`,
    },
  },
  why,
  cure,
  inspector,
  terms,
  timeline: {
    figure: "타임라인",
    objects: "객체 수",
    line: "행",
    deaths: "소멸",
    pass: (n) => `${n}회`,
    at: (where, step) => `${where}, ${step}단계`,
    count: (n) => `객체 ${n}개`,
    parting: "여기서 갈라짐",
    part: "보이는 부분",
    unreachable: (n) => `⊘ 어떤 이름도 닿지 않는 ${bytes(n)}`,
    ends: (why) => `✕ ${why}: 프로그램이 여기서 끝납니다`,
    summary: (steps, peak) => `${steps}단계, 최대 ${bytes(peak)}`,
  },
  keys: {
    heading: "키보드",
    close: "닫기",
    note: "한 글자 키는 프로그램 편집기 밖에서 작동합니다. Esc를 누르면 편집기를 벗어납니다.",
    of: {
      run: "프로그램 실행",
      play: "재생, 일시 정지",
      line: "이전 행, 다음 행",
      event: "행 안의 이전 사건, 다음 사건",
      ends: "처음, 끝",
      death: "다음 소멸, 이전 소멸",
      collection: "다음 수집, 이전 수집",
      pass: "같은 행의 다음 실행, 이전 실행",
      outputs: "강한 참조, 약한 참조, 비교",
      table: "그래프와 표 바꾸기",
      find: "객체 찾기",
      near: "고른 객체의 주변만 보기",
      zoom: "크게, 작게, 맞춤",
      letGo: "고른 객체 놓기",
      help: "이 목록",
    },
  },
  error: {
    badLink: "이 링크에서 프로그램을 읽을 수 없습니다. 링크를 다시 받으세요.",
  },
  fault: {
    fetch: (file, status) =>
      status === null
        ? `파일을 받지 못했습니다(${file}). 연결을 확인하고 실행을 다시 누르세요.`
        : `파일을 받지 못했습니다(${file}, 상태 ${status}). 페이지를 새로 고치세요.`,
    file: (file) =>
      `파일 내용이 이 사이트를 빌드할 때와 다릅니다(${file}). 페이지를 새로 고치세요.`,
    browser: (lacks) =>
      `이 브라우저에는 필요한 기능이 없습니다(${lacks}). 최신 Chrome, Edge, Firefox, Safari 중 하나로 여세요.`,
    start: (detail) =>
      `Python을 시작하지 못했습니다(${detail}). 페이지를 새로 고치거나 최신 Chrome, Edge, Firefox 중 하나로 여세요.`,
    died: (line, why) =>
      `${line === null ? "" : `${line}행에서 `}Python이 종료되었습니다${why}. 다음 실행은 새 Python에서 시작합니다.`,
    why: {
      depth: ": 호출이 브라우저가 허용하는 깊이를 넘었습니다",
      memory: ": 브라우저에 메모리가 부족합니다",
      exit: ": 프로그램이 인터프리터를 직접 끝냈습니다",
      other: (detail) => `(${detail})`,
    },
    broken: (line, detail) =>
      `${line === null ? "" : `${line}행까지 실행하는 동안 `}프로그램이 기록기 자체를 변경했습니다(${detail}). 다음 실행은 새 Python에서 시작합니다.`,
    worn: {
      changed:
        "프로그램이 Python이나 기록기의 일부를 변경했습니다. 다음 실행은 새 Python에서 시작합니다.",
      full: "Python의 메모리가 512 MiB보다 커졌고 다시 줄어들지 않습니다. 다음 실행은 새 Python에서 시작합니다.",
    },
    flood:
      "프로그램이 이 페이지가 받을 수 있는 양보다 많이 보내서 종료했습니다. 그 전까지의 내용은 표시합니다.",
    nonsense: "프로그램이 기록기의 것이 아닌 메시지를 보내서 종료했습니다.",
  },
};
