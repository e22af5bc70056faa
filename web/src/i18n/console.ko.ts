import type { consoleEn } from "./console.en";
import { bytes } from "./numbers";
import { code, rich, strong } from "./rich";

/** Korean texts of the console. */
export const consoleKo: typeof consoleEn = {
  name: "콘솔",
  hint: "프로그램이 남긴 상태: Enter 실행, Tab 완성",
  busy: "실행 중",
  gone: "프로그램을 실행한 인터프리터가 없어져 프로그램이 남긴 것도 사라졌습니다. 다시 실행하세요.",
  closed:
    "남아 있는 것이 없습니다. 끝날 때 동작하는 것(`__del__`, 종료자, 끝나지 않은 제너레이터)이 프로그램에 있어 종료를 미루지 않았습니다.",
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
