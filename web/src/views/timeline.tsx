/** Bytes and objects over the recorded steps, the lane of lines, deaths and collections. */

import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Texts } from "../i18n";
import { plain } from "../i18n/rich";
import { axisOf } from "../layout/axis";
import { lostBytes, type Span } from "../layout/curves";
import { useSize } from "../parts/size";
import { Brush } from "../parts/timeline/brush";
import { Curves } from "../parts/timeline/curves";
import { Labels } from "../parts/timeline/labels";
import { Lanes } from "../parts/timeline/lanes";
import { Passes } from "../parts/timeline/passes";
import { plotFor, WHOLE } from "../parts/timeline/plot";
import { Pointer } from "../parts/timeline/pointer";
import { Endings, Lost, Now, Parting } from "../parts/timeline/present";
import { showing, zoomedAt } from "../parts/timeline/span";
import type { Clock } from "../trace/clock";
import { OPEN, type Recording } from "../trace/recording";
import { endOfStep, peakUpTo, totalAt } from "../trace/replay";

export interface Track {
  readonly recording: Recording;
  readonly version: number;
  readonly style: "weak" | "strong" | "alone";
  /** The event that is shown. */
  readonly event: number;
}
interface Props {
  texts: Texts;
  tracks: readonly Track[];
  clock: Clock;
  /** The recording whose events can be stopped at within a line. */
  lead: Recording;
  moment: number;
  onMoment: (moment: number) => void;
}

/** Moments of a recording that has room for all; a longer one is brushed. */
const SHORT = 240;
const ZOOM = 2;

export function Timeline({ texts, tracks, clock, lead, moment, onMoment }: Props) {
  const [figure, size] = useSize<HTMLElement>();
  const dragging = useRef(false);
  const [pointer, setPointer] = useState<number | null>(null);
  const [wanted, setSpan] = useState<Span>(WHOLE);
  const recordings = tracks.map((t) => t.recording);
  // Recordings grow in place; versions say so.
  const versions = tracks.map((track) => track.version).join();
  const axis = useMemo(() => axisOf(clock, recordings), [versions, lead, clock.length]);
  const long = clock.length > SHORT;
  useEffect(() => setSpan(WHOLE), [lead]);

  const step = clock.stepIn(lead, moment);
  const leadTrack = tracks.find((t) => t.recording === lead) ?? tracks[0]!;
  // Steps without events share one: the end of a step is its edge, not the place of its event.
  const inside = clock.ran(lead, moment) && leadTrack.event < endOfStep(lead, step);
  const at = inside ? axis.at(lead, leadTrack.event) : axis.edge(moment + 1);
  // The part that is shown goes where the reader goes.
  useEffect(() => setSpan((old) => showing(old, at)), [at]);
  const span = long ? wanted : WHOLE;

  const peakBytes = Math.max(0, ...recordings.map((r) => peakUpTo(r.bytes, OPEN)));
  const hasBytes = peakBytes > 0;
  const plot = useMemo(
    () => plotFor(size, hasBytes, long, span),
    [size, hasBytes, long, span.from, span.to],
  );
  const lost = useMemo(() => recordings.map(lostBytes), [versions, lead]);
  const now = plot.x(at);
  const across = (event: PointerEvent | WheelEvent): number =>
    event.clientX - figure.current!.getBoundingClientRect().left;
  const seek = (event: PointerEvent) => onMoment(axis.momentAt(plot.place(across(event))));
  const move = (event: PointerEvent) => {
    if (dragging.current) seek(event);
    setPointer(event.pointerType === "mouse" && !dragging.current ? across(event) : null);
  };
  const zoom = (by: number, around: number) => setSpan(zoomedAt(span, by, around));
  const wheel = (event: WheelEvent) => {
    if (!long) return;
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      zoom(Math.exp(-event.deltaY / 200), plot.place(across(event)));
    } else if (event.deltaX) {
      const by = (event.deltaX / (plot.right - plot.left)) * (span.to - span.from);
      const held = Math.max(-span.from, Math.min(1 - span.to, by));
      setSpan({ from: span.from + held, to: span.to + held });
    }
  };
  const label =
    tracks.length > 1
      ? ""
      : hasBytes
        ? texts.bytes(totalAt(lead.bytes, leadTrack.event))
        : plain(texts.position.objects(totalAt(lead.living, leadTrack.event)));
  const curves = { texts, axis, plot, versions };
  return (
    <figure class="timeline" aria-label={texts.timeline.figure} ref={figure}>
      <figcaption class="sr">{texts.timeline.summary(clock.length, peakBytes)}</figcaption>
      {size.width > 0 && (
        <svg
          class="t"
          width={size.width}
          height={size.height}
          aria-hidden="true"
          onPointerDown={(event) => {
            dragging.current = true;
            event.currentTarget.setPointerCapture(event.pointerId);
            seek(event);
            setPointer(null);
          }}
          onPointerMove={move}
          onPointerLeave={() => setPointer(null)}
          onPointerUp={() => {
            dragging.current = false;
          }}
          onPointerCancel={() => {
            dragging.current = false;
          }}
          onWheel={wheel}
        >
          <Definitions now={now} {...size} />
          <Curves
            {...curves}
            tracks={recordings}
            styles={tracks.map((t) => t.style).join()}
            hasBytes={hasBytes}
          />
          <Passes {...curves} r={lead} now={now} onMoment={onMoment} />
          <Lanes axis={axis} plot={plot} versions={versions} marked={recordings[0] ?? lead} />
          <Parting texts={texts} axis={axis} plot={plot} />
          <Lost
            texts={texts}
            bytes={Math.max(0, ...tracks.map((t, i) => totalAt(lost[i]!, t.event)))}
            now={now}
            plot={plot}
          />
          <Endings texts={texts} rs={recordings} axis={axis} plot={plot} />
          <Now axis={axis} plot={plot} moment={moment} now={now} label={label} />
          <Pointer
            texts={texts}
            axis={axis}
            plot={plot}
            tracks={tracks}
            hasBytes={hasBytes}
            x={pointer}
          />
          {plot.overview && (
            <Brush {...curves} tracks={recordings} hasBytes={hasBytes} now={at} onSpan={setSpan} />
          )}
        </svg>
      )}
      {size.width > 0 && <Labels texts={texts} plot={plot} hasBytes={hasBytes} />}
      {plot.overview && size.width > 0 && (
        <fieldset class="brushing" aria-label={texts.timeline.part}>
          <button type="button" aria-label={texts.zoom.smaller} onClick={() => zoom(1 / ZOOM, at)}>
            −
          </button>
          <button type="button" aria-label={texts.zoom.larger} onClick={() => zoom(ZOOM, at)}>
            +
          </button>
        </fieldset>
      )}
    </figure>
  );
}

/** What the past and the future are clipped by, and the hatch of what is lost. */
const Definitions = ({ now, width, height }: { now: number; width: number; height: number }) => (
  <defs>
    <clipPath id="past">
      <rect x="0" y="0" width={Math.max(0, now)} height={height} />
    </clipPath>
    <clipPath id="future">
      <rect x={now} y="0" width={Math.max(0, width - now)} height={height} />
    </clipPath>
    <pattern
      id="lost"
      width="7"
      height="7"
      patternUnits="userSpaceOnUse"
      patternTransform="rotate(45)"
    >
      <path d="M0 0v7" stroke="var(--alert)" stroke-width="1.6" opacity=".5" />
    </pattern>
  </defs>
);
