import { consoleKo } from "./console.ko";
import type { Texts } from "./en";
import { engineKo } from "./engine.ko";
import { inspector } from "./inspector.ko";
import { lessonKo } from "./lesson.ko";
import { bytes } from "./numbers";
import { code, rich, strong, term } from "./rich";
import { shareKo } from "./share.ko";
import { statusKo } from "./status.ko";
import { tellKo } from "./tell.ko";
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
    more: "학습, 출력, 더 보기",
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
    means: "뜻.",
    errorAt: (type, line) => `${line}행 ${type}`,
    exited: (code) =>
      `프로그램이 스스로 실행을 끝냈습니다: SystemExit${code === "0" ? "" : `, ${code}`}.`,
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
  tell: tellKo,
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
      event: "행 안의 이전 이벤트, 다음 이벤트",
      ends: "처음, 끝",
      death: "다음 소멸, 이전 소멸",
      collection: "다음 수집, 이전 수집",
      pass: "같은 행의 다음 실행, 이전 실행",
      outputs: "강한 참조, 약한 참조, 비교",
      table: "그래프와 표 바꾸기",
      find: "객체 찾기",
      near: "고른 객체의 주변만 보기",
      neighbour: "고른 객체를 참조하는 객체, 고른 객체가 참조하는 객체",
      zoom: "크게, 작게, 맞춤",
      letGo: "고른 객체 놓기",
      help: "이 목록",
    },
  },
  flaw: {
    foreign: "이 파일은 Livegrad 기록이 아닙니다. `record` 명령으로 만든 파일을 고르세요.",
    version: (version) =>
      `이 페이지는 버전 1의 기록을 읽지만 이 기록의 버전은 다릅니다(${version}). 프로그램을 다시 기록하세요.`,
    damaged: (detail) =>
      `기록이 손상되었습니다(${detail}). 프로그램을 다시 실행해 새로 기록하세요.`,
    unread: "파일을 읽지 못했습니다. 다시 여세요.",
  },
  engine: engineKo,
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
      `파이썬을 시작하지 못했습니다(${detail}). 페이지를 새로 고치거나 최신 Chrome, Edge, Firefox 중 하나로 여세요.`,
    died: (line, why) =>
      `${line === null ? "" : `${line}행에서 `}파이썬이 종료되었습니다${why}. 다음 실행은 새 파이썬에서 시작합니다.`,
    why: {
      depth: ": 호출이 브라우저가 허용하는 깊이를 넘었습니다",
      memory: ": 브라우저에 메모리가 부족합니다",
      exit: ": 프로그램이 인터프리터를 직접 끝냈습니다",
      other: (detail) => `(${detail})`,
    },
    broken: (line, detail) =>
      `${line === null ? "" : `${line}행까지 실행하는 동안 `}프로그램이 기록기 자체를 변경했습니다(${detail}). 다음 실행은 새 파이썬에서 시작합니다.`,
    worn: {
      changed:
        "프로그램이 파이썬이나 기록기의 일부를 변경했습니다. 다음 실행은 새 파이썬에서 시작합니다.",
      full: "파이썬의 메모리가 512 MiB보다 커졌고 다시 줄어들지 않습니다. 다음 실행은 새 파이썬에서 시작합니다.",
    },
    link: "이 링크에서 프로그램을 읽을 수 없습니다. 링크를 다시 받으세요.",
    flood:
      "프로그램이 이 페이지가 받을 수 있는 양보다 많이 보내서 종료했습니다. 그 전까지의 내용은 표시합니다.",
    nonsense: "프로그램이 기록기의 것이 아닌 메시지를 보내서 종료했습니다.",
  },
};
