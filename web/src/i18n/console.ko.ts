import type { consoleEn } from "./console.en";
import { bytes } from "./numbers";
import { code, rich, strong } from "./rich";

/** Korean texts of the console. */
export const consoleKo: typeof consoleEn = {
  name: "콘솔",
  hint: "프로그램이 남긴 상태: Enter 실행, Tab 완성",
  busy: "실행 중",
  gone: "프로그램을 실행한 인터프리터가 없어져 프로그램이 남긴 것도 사라졌습니다. 다시 실행하세요.",
  apart: {
    limit: "기록이 한도에 이르렀으므로 여기서 하는 일은 기록되지 않습니다.",
    python:
      "파이썬 코드로 기록한 프로그램이라 기록이 함께 끝났습니다. 여기서 하는 일은 기록되지 않습니다.",
  },
  none: {
    words: rich`이번 실행 뒤에는 콘솔을 쓸 수 없습니다. 끝날 때 동작하는 것(${code("__del__")}, 종료자, 끝나지 않은 제너레이터)이 프로그램에 있어 종료를 미루지 않았습니다. 객체를 살펴보려면 그 부분을 빼고 다시 실행하세요.`,
    unread: rich`이번 실행 뒤에는 콘솔을 쓸 수 없습니다. 파이썬이 프로그램을 읽지 못해 남은 것이 없습니다. 고친 뒤 다시 실행하세요.`,
    died: rich`이번 실행 뒤에는 콘솔을 쓸 수 없습니다. 인터프리터가 프로그램과 함께 종료되어 만들어진 객체도 사라졌습니다. 그때까지의 기록은 남아 있습니다. 프로그램이 스스로 끝나도록 고친 뒤 다시 실행하세요.`,
    changed: rich`이번 실행 뒤에는 콘솔을 쓸 수 없습니다. 프로그램이 파이썬이나 기록기의 일부를 변경하여 인터프리터를 종료했습니다. 그 부분을 그대로 두고 다시 실행하세요.`,
    full: rich`이번 실행 뒤에는 콘솔을 쓸 수 없습니다. 파이썬의 메모리가 512 MiB보다 커져서 다음 실행을 위해 인터프리터를 종료했습니다. 메모리를 덜 쓰도록 고친 뒤 다시 실행하세요.`,
    stopped: rich`이번 실행 뒤에는 콘솔을 쓸 수 없습니다. 실행을 중지하여 만들어진 객체가 인터프리터와 함께 사라졌습니다. 객체를 살펴보려면 프로그램이 스스로 끝날 때까지 기다리세요.`,
  },
  last({ type, count, names, objects, nbytes }) {
    const also = names.length
      ? rich`, 함께 붙잡는 이름 ${names.flatMap((name, i) => (i ? [", ", code(name)] : [code(name)]))}`
      : [];
    const bill =
      count === null
        ? rich`이름 ${code("_")}에 ${code(type)} 객체가 있으며, 이 객체는 해제되지 않습니다.`
        : rich`이름 ${code("_")}에 ${code(type)} 객체가 있습니다. 참조 카운트 ${strong(count)}${also}.`;
    if (objects === 0) return rich`${bill} 이 이름 때문에만 살아 있는 객체는 없습니다.`;
    const size = nbytes ? `, ${bytes(nbytes)}` : "";
    return rich`${bill} 이 이름 때문에만 살아 있는 것은 ${strong(`객체 ${objects}개${size}`)}입니다.`;
  },
};
