import { code, rich, term } from "./rich";
import { terms } from "./terms.ko";
import type { cure as cureInEnglish, why as whyInEnglish } from "./why.en";

const at = (line: number | null): string => (line === null ? "" : `${line}행에서 `);
const unexplained = (n: number): string =>
  `파이썬이 보여 주지 않는 곳(C 코드 또는 진행 중인 호출)의 참조 ${n}개`;

/** Why an object is alive. Particles stand after a noun of ours, never after a name. */
export const why: typeof whyInEnglish = {
  subject: (label, name) =>
    name === null ? rich`${code(label)}` : rich`${code(label)}(${code(name)})`,
  by: (path, owner, line) => [
    ...(path ? [...(owner ? [code(owner), "의 "] : []), code(path)] : [code(owner ?? "")]),
    line === null ? " 참조" : ` 참조(${line}행)`,
  ],
  byUnnamed: (holder, line) => rich`${holder}의 참조${line === null ? "" : `(${line}행)`}`,
  alive: (subject, clauses, root) => {
    const [first, ...above] = clauses;
    const said = above.map(({ by, held, skipped }) =>
      skipped
        ? rich` ${skipped}단계 더 위에서는 ${code(held)} 객체에 ${by}가 있습니다.`
        : rich` 그 ${code(held)} 객체에는 ${by}가 있습니다.`,
    );
    return rich`${subject} 객체는 ${first!.by}가 있어 살아 있습니다.${said.flat()} ${root}.`;
  },
  aliveUnexplained: (subject, n) => rich`${subject} 객체는 ${unexplained(n)}가 있어 살아 있습니다.`,
  root: {
    global: (name, module) =>
      rich`${module === null ? "" : rich`${code(module)}의 `}${code(name)} 이름은 전역입니다`,
    returning: (frame) => rich`${code(frame)} 함수가 반환하려는 참입니다`,
    unreturned: (frame) => rich`${code(frame)} 함수가 아직 반환하지 않았습니다`,
    unfinished: () => rich`이 행이 아직 끝나지 않았습니다`,
    exception: () => rich`예외 처리가 아직 끝나지 않았습니다`,
    local: (name, frame) =>
      rich`${code(name)} 이름은 아직 반환하지 않은 ${code(frame)} 함수의 지역 이름입니다`,
    class: (label) => rich`${code(label)} 클래스는 그 인스턴스들이 유지합니다`,
    unexplained: (label, n) => rich`${code(label)} 객체에는 ${unexplained(n)}가 있습니다`,
  },
  ring: (label, steps, more) =>
    rich`${code(label)} 객체는 어디에서도 닿지 않지만 살아 있습니다. 자기 자신에게 돌아오는 순환 참조(${steps.flatMap(
      ({ name, of }, i) => rich`${i ? ", " : ""}${code(of)}의 ${code(name)}`,
    )}${more ? `, 그 밖에 ${more}개` : ""}) 때문이며, 이런 순환은 ${term("수집기", terms.collector)}만 해제합니다.`,
  heldByRing: (label) =>
    rich`${code(label)} 객체는 어디에서도 닿지 않지만 살아 있습니다. ${term("순환 참조", terms.island)}에 붙들려 있으며, 이것은 ${term("수집기", terms.collector)}만 해제합니다.`,
  unborn: (label, line) =>
    rich`${code(label)} 객체는 이 단계에서 아직 생성되지 않았습니다. 나중에 ${at(line)}생성됩니다.`,
  dead: (label, line, cause) => rich`${code(label)} 객체는 ${at(line)}소멸했습니다. ${cause}.`,
  cause: {
    rebound: (by) =>
      by
        ? rich`${by} 이름이 다른 객체에 묶였거나 삭제되었습니다`
        : rich`마지막 이름이 다른 객체에 묶였거나 삭제되었습니다`,
    attribute: (by) => rich`${by ?? "이 객체를 참조하던"} 속성이 바뀌었거나 삭제되었습니다`,
    item: (by) => rich`${by ?? "이 객체를 참조하던"} 항목이 제거되었거나 바뀌었습니다`,
    frame: (by, fn) =>
      by
        ? rich`${code(fn)} 함수의 프레임이 끝나면서 마지막 참조이던 ${by} 지역 이름이 사라졌습니다`
        : rich`이 객체를 참조하던 프레임이 끝났습니다`,
    holder: (by) =>
      rich`마지막 참조${by ? rich`이던 ${by} 참조` : ""}가 그 주인의 소멸과 함께 사라졌습니다`,
    temporary: () => rich`이 행이 끝난 뒤에는 참조하는 것이 없었습니다`,
    count: () => rich`참조 카운트가 0이 되었습니다`,
    collector: () =>
      rich`어디에서도 닿지 않는 것을 ${term("수집기", terms.collector)}가 찾아냈습니다`,
  },
  cleared: (type, container) =>
    rich`${code(container)} ${CONTAINER[type] ?? "컨테이너"}가 비워졌습니다`,
  left: (fn) => rich`${code(fn)} 함수의 프레임이 끝났습니다`,
};

const CONTAINER: Record<string, string> = { list: "리스트", dict: "딕셔너리" };
const VERB = { append: "추가하세요", add: "추가하세요", store: "저장하세요" };

export const cure: typeof cureInEnglish = {
  traceback: (error) =>
    rich`트레이스백이 지나온 프레임을 모든 지역 이름과 함께 붙들고 있습니다. ${code(`del ${error}`)} 문을 쓰거나, 예외가 필요하면 ${code(`traceback.clear_frames(${error}.__traceback__)`)} 호출을 쓰세요`,
  interactive: (name) =>
    rich`${code(name)} 이름에 대화형 세션의 마지막 결과가 남아 있습니다. 다른 식을 계산하거나 ${code(`del ${name}`)} 문을 쓰세요`,
  cache: (name) =>
    rich`${code(name)}의 캐시에 ${code("self")} 등 모든 인수가 남아 있습니다. ${code(`${name}.cache_clear()`)} 호출로 비우거나, 결과를 객체 자신에 저장하는 ${code("functools.cached_property")} 데코레이터를 쓰세요`,
  view: (name) =>
    rich`${code(name)} 배열은 뷰이므로 원본 배열 전체를 붙들고 있습니다. 대신 ${code(`${name}.copy()`)} 결과를 보관하세요`,
  gradientGraph: (name) =>
    rich`${code(name)}의 기울기에 자신의 계산 그래프가 있습니다(create_graph=True). 다 쓴 뒤에 ${code(`${name}.cleargrad()`)} 호출로 지우세요`,
  collected: (verb, value) => rich`Variable 대신 ${code(value)} 값을 ${VERB[verb]}`,
  keptByFunction: (type, attribute) =>
    rich`${code(type)} 객체의 ${code(`self.${attribute}`)} 속성에 Variable이 있습니다. 배열(${code(".data")})만 보관하거나, 출력을 ${code("self.outputs[0]()")} 식으로 다시 읽으세요`,
  closure: (fn, name, ofValue) =>
    ofValue
      ? rich`${code(fn)} 함수의 클로저에 ${code(name)} 객체가 있습니다. ${code(fn)} 함수를 버리거나, 필요한 수만 클로저에 두세요(${code(`value = float(${name}.data)`)})`
      : rich`${code(fn)} 함수의 클로저에 ${code(name)} 객체가 있습니다. ${code(fn)} 함수를 버리거나, ${code(name)} 객체를 인수로 넘기거나, ${code(`weakref.ref(${name})`)} 참조를 쓰세요`,
  recurrentState: (path) =>
    rich`${code(path)} 속성에 지금까지 모든 단계의 그래프가 매달려 있습니다. 몇 단계마다 ${code(`${path}.unchain_backward()`)} 메서드를 부르거나, 시퀀스 사이에 상태를 초기화하세요`,
  unexplained: rich`C 확장이나 진행 중인 호출을 찾아보세요`,
  return: (fn) => rich`${code(fn)} 함수를 끝내세요`,
  line: rich`이 행을 끝내세요`,
  except: rich`${code("except")} 블록을 끝내세요`,
  frame: (fn, path) =>
    rich`${code(fn)} 함수를 끝내거나, 그 안에서 ${code(`del ${path}`)} 문을 쓰세요`,
  generator: (path) =>
    rich`${code(`${path}.close()`)} 호출을 쓰거나, 제너레이터를 끝까지 실행하세요`,
  set: (path) => rich`집합 ${code(path)}에서 빼세요`,
  attribute: (path) =>
    rich`${code(`${path} = None`)} 문을 쓰거나, ${code("weakref.ref")}로 약하게 참조하세요`,
  name: (path) => rich`${code(`del ${path}`)} 문을 쓰세요`,
};
