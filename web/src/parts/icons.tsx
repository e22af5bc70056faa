/** Small drawings that stand beside words; never alone, so they are hidden from readers of text. */
export const Logo = () => (
  <svg width="24" height="24" viewBox="0 0 24 24" aria-hidden="true">
    <path d="M8 15.5V9" stroke="var(--edge)" stroke-width="1.6" />
    <path
      d="M15.5 15.5C18.5 12 17 8.5 12.5 6.5"
      fill="none"
      stroke="var(--edge)"
      stroke-width="1.6"
      stroke-dasharray="2.4 2.2"
    />
    <ellipse cx="9" cy="6" rx="6.5" ry="4" class="ico-variable" />
    <rect x="3" y="15" width="14" height="7" rx="1.5" class="ico-function" />
  </svg>
);

/** The shape of a kind of object, as in the graph. */
export const KindIcon = ({ kind, wide = false }: { kind: string; wide?: boolean }) => {
  const size = wide ? { width: 30, height: 20 } : { width: 18, height: 12 };
  return (
    <svg {...size} viewBox="0 0 18 12" aria-hidden="true">
      {kind === "variable" || kind === "parameter" ? (
        <ellipse cx="9" cy="6" rx="8.2" ry="5.2" class="ico-variable" />
      ) : kind === "array" ? (
        <>
          <path d="M.7 1.5h16.6v9H.7z" class="ico-array" />
          <path d="M4.5 1.5v9M8.5 1.5v9M12.5 1.5v9" class="ico-array" />
        </>
      ) : kind === "function" ? (
        <rect x=".7" y="1" width="16.6" height="10" rx="1.5" class="ico-function" />
      ) : (
        <rect x=".7" y="1" width="16.6" height="10" rx="5" class="ico-instance" />
      )}
    </svg>
  );
};

export const FindIcon = () => (
  <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
    <circle cx="6" cy="6" r="4.2" fill="none" stroke="currentColor" stroke-width="1.5" />
    <path d="M9.2 9.2l3.6 3.6" stroke="currentColor" stroke-width="1.5" />
  </svg>
);

export const GrowthIcon = () => (
  <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
    <path d="M2.5 12V9M7 12V6M11.5 12V2" stroke="currentColor" stroke-width="2" />
  </svg>
);

export const StrongIcon = () => (
  <svg width="24" height="8" aria-hidden="true">
    <path d="M0 4h18" stroke="var(--edge)" stroke-width="1.6" />
    <path d="M17 .8 23 4l-6 3.2z" fill="var(--edge)" />
  </svg>
);
export const WeakIcon = () => (
  <svg width="24" height="8" aria-hidden="true">
    <path d="M0 4h18" stroke="var(--edge)" stroke-width="1.6" stroke-dasharray="3.5 3" />
    <path d="M18 .8 23 4l-5 3.2" fill="none" stroke="var(--edge)" stroke-width="1.3" />
  </svg>
);

const Filled = ({ d, width, height }: { d: string; width: number; height: number }) => (
  <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
    <path d={d} fill="currentColor" />
  </svg>
);
export const PlayIcon = () => <Filled d="M0 0v12l10-6z" width={10} height={12} />;
export const PauseIcon = () => (
  <svg width="10" height="12" aria-hidden="true">
    <path d="M1 1h3v10H1zM6 1h3v10H6z" fill="currentColor" />
  </svg>
);
export const StopIcon = () => (
  <Filled
    d="M0 1a1 1 0 0 1 1-1h8a1 1 0 0 1 1 1v8a1 1 0 0 1-1 1H1a1 1 0 0 1-1-1z"
    width={10}
    height={10}
  />
);
export const PreviousIcon = () => (
  <Filled d="M.7 0h1.6v11H.7zM11 .5v10L4 5.5z" width={12} height={11} />
);
export const NextIcon = () => <Filled d="M9.7 0h1.6v11H9.7zM1 .5v10l7-5z" width={12} height={11} />;
export const CollectionIcon = () => (
  <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
    <path d="M6 1l5 5-5 5-5-5z" fill="none" stroke="currentColor" stroke-width="1.5" />
  </svg>
);
export const ThemeIcon = () => (
  <svg width="15" height="15" viewBox="0 0 15 15" aria-hidden="true">
    <circle cx="7.5" cy="7.5" r="6" fill="none" stroke="currentColor" stroke-width="1.4" />
    <path d="M7.5 1.5a6 6 0 0 1 0 12z" fill="currentColor" />
  </svg>
);
