import type { shareEn } from "./share.en";

/** Korean texts of sharing, saving and opening. */
export const shareKo: typeof shareEn = {
  heading: "링크와 파일",
  copyLink: "링크 다시 복사",
  copyMarkdown: "마크다운으로 복사",
  copyEmbed: "iframe 코드 복사",
  save: "저장",
  program: "프로그램, .py",
  recording: "기록, .json",
  svg: "그래프, .svg",
  png: "그래프, .png",
  open: ".py 또는 기록 파일 열기…",
  openHint: "파일을 페이지에 끌어다 놓아도 됩니다.",
  asked:
    "링크, 마크다운, .py에는 프로그램만 있고 콘솔에서 한 일은 없습니다. 기록(.json)에는 둘 다 있습니다.",
  drop: "프로그램(.py)이나 기록(.json)을 놓으세요",
  linkCopied: "링크를 클립보드에 복사했습니다.",
  linkFailed: "링크가 주소창에 있습니다. 그곳에서 복사하세요.",
  markdownCopied: "프로그램, 시점, 그림, 링크를 마크다운으로 복사했습니다.",
  markdownCopiedBare: "프로그램과 링크를 마크다운으로 복사했습니다. 실행하면 그림도 들어갑니다.",
  markdownFailed: "브라우저에서 클립보드를 쓸 수 없습니다. 아래 글을 복사하세요.",
  embedCopied: "iframe 코드를 복사했습니다.",
  embedFailed: "브라우저에서 클립보드를 쓸 수 없습니다. 아래 코드를 복사하세요.",
  openInLab: "Livegrad에서 열기",
  saved: (name) => `${name} 파일로 저장했습니다.`,
  nothingToSave: {
    py: "저장할 프로그램이 없습니다.",
    json: "아직 기록이 없습니다. 먼저 실행하세요.",
    svg: "저장할 그래프가 없습니다. 실행한 뒤 표 대신 그래프를 표시하세요.",
    png: "저장할 그래프가 없습니다. 실행한 뒤 표 대신 그래프를 표시하세요.",
  },
  noPicture: "그래프가 너무 커서 그림으로 만들 수 없습니다. SVG로 저장하세요.",
  busy: "프로그램이 실행 중입니다. 먼저 중지하세요.",
  tooLong: (name) => `${name} 파일은 너무 길어서 열 수 없습니다.`,
  notText: (name) =>
    `${name} 파일은 UTF-8 텍스트가 아닙니다. .py 또는 기록(.json) 파일을 고르세요.`,
  programOpened: (name) => `${name} 파일을 열었습니다. 실행하면 기록합니다.`,
  traceOpened: (name, steps, python) =>
    `${name} 파일을 열었습니다. Python ${python} 버전에서 기록한 ${steps}단계입니다.`,
  fullLab: "Livegrad에서 열기",
};
