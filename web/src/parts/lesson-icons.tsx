/** Strokes beside the words of a lesson. */
const Stroke = ({ d }: { d: string }) => (
  <svg width="11" height="11" viewBox="0 0 11 11" aria-hidden="true">
    <path d={d} fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" />
  </svg>
);
export const BackIcon = () => <Stroke d="M7 1.5 3 5.5l4 4" />;
export const ForwardIcon = () => <Stroke d="m4 1.5 4 4-4 4" />;
export const CloseIcon = () => <Stroke d="m1.5 1.5 8 8m0-8-8 8" />;
export const CheckIcon = () => <Stroke d="m1 5.5 3 3.5 6-7" />;
