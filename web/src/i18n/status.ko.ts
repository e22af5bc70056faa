import type { statusEn } from "./status.en";

export const statusKo: typeof statusEn = {
  loading: "파이썬 불러오는 중",
  ready: "준비됨",
  running: "실행 중",
  finished: (steps) => `완료, ${steps}단계`,
  failed: (why) => `실패: ${why}`,
  stopped: "중지됨",
  limited: {
    lines: "실행한 행 수의 한도까지 기록됨",
    events: "이벤트 수의 한도까지 기록됨",
    bytes: "바이트 수의 한도까지 기록됨",
    objects: "객체 수의 한도까지 기록됨",
    failed: "일부만 기록됨",
  },
  progress: (done, total) => `${done} / ${total}`,
  shipped: "페이지에 포함된 기록을 보여 주는 중입니다",
  stage: { runtime: "인터프리터", numpy: "numpy", livegrad: "livegrad" },
  stepsSoFar: (steps) => `지금까지 ${steps}단계`,
  secondRun: "두 번째 실행, 강한 참조",
  explained: {
    loading: "파이썬과 NumPy를 불러오고 있습니다. 그동안 화면의 기록을 살펴볼 수 있습니다.",
    waiting: "파이썬이 준비되는 대로 프로그램을 실행합니다.",
    ready: "파이썬이 이 탭에서 기다리고 있습니다. 실행을 누르면 프로그램을 한 행씩 기록합니다.",
    running:
      "프로그램을 실행하며 한 행씩 기록하고 있습니다. 중지를 눌러도 그때까지의 기록은 남습니다.",
    finished: "프로그램이 끝까지 실행되었습니다. 실행된 한 행의 끝이 한 단계입니다.",
    failed: "여기까지의 기록은 남아 있으며, 오류가 붙들고 있는 객체도 볼 수 있습니다.",
    stopped: "중지할 때까지의 기록이 남아 있습니다.",
  },
  recordedBy: {
    outside: "인터프리터 밖에서 기록했으므로 프로그램에 아무 영향도 주지 않습니다.",
    python:
      "파이썬 코드로 기록했으므로 자동 수집 시점이 달라지고, 한 행 안에서만 사는 객체는 놓칠 수 있습니다.",
  },
};
