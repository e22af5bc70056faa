/** Bytes and objects over the recorded steps, the lane of lines, deaths and collections. */

import { useMemo, useRef } from "preact/hooks";
import type { Texts } from "../i18n";
import { plain } from "../i18n/rich";
import { axisOf, lostBytes } from "../layout/axis";
import { useSize } from "../parts/size";
import { Curves, PassNames } from "../parts/timeline/curves";
import { Lanes } from "../parts/timeline/lanes";
import { plotFor } from "../parts/timeline/plot";
import { Ending, Lost, Now } from "../parts/timeline/present";
import { OPEN, type Recording } from "../trace/recording";
import { endOfStep, lineOfStep, peakUpTo, stepCount, totalAt } from "../trace/replay";

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
  /** The recording that owns the lane of lines. */
  lead: Recording;
  step: number;
  onGoTo: (step: number) => void;
}

export function Timeline({ texts, tracks, lead, step, onGoTo }: Props) {
  const [figure, size] = useSize<HTMLElement>();
  const dragging = useRef(false);
  const versions = tracks.map((track) => track.version).join();
  // Recordings grow in place; versions say so.
  const axis = useMemo(() => axisOf(tracks.map((t) => t.recording)), [versions, lead]);
  const peakBytes = Math.max(0, ...tracks.map((t) => peakUpTo(t.recording.bytes, OPEN)));
  const hasBytes = peakBytes > 0;
  const plot = useMemo(() => plotFor(size, hasBytes), [size, hasBytes]);
  const lost = useMemo(() => tracks.map((t) => lostBytes(t.recording)), [versions, lead]);
  const leadTrack = tracks.find((t) => t.recording === lead)!;
  // Steps without events share one: the end of a step is its edge, not the place of its event.
  const inside = leadTrack.event < endOfStep(lead, step);
  const now = plot.x(inside ? axis.at(lead, leadTrack.event) : axis.edge(step + 1));
  const seek = (event: PointerEvent) => {
    const box = figure.current!.getBoundingClientRect();
    onGoTo(axis.stepAt((event.clientX - box.left - plot.left) / (plot.right - plot.left)));
  };
  const label =
    tracks.length > 1
      ? ""
      : hasBytes
        ? texts.bytes(totalAt(lead.bytes, leadTrack.event))
        : plain(texts.position.objects(totalAt(lead.living, leadTrack.event)));
  return (
    <figure class="timeline" aria-label={texts.timeline.figure} ref={figure}>
      <figcaption class="sr">{texts.timeline.summary(stepCount(lead), peakBytes)}</figcaption>
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
          }}
          onPointerMove={(event) => dragging.current && seek(event)}
          onPointerUp={() => (dragging.current = false)}
          onPointerCancel={() => (dragging.current = false)}
        >
          <defs>
            <clipPath id="past">
              <rect x="0" y="0" width={Math.max(0, now)} height={size.height} />
            </clipPath>
            <clipPath id="future">
              <rect x={now} y="0" width={Math.max(0, size.width - now)} height={size.height} />
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
          <Curves
            texts={texts}
            tracks={tracks.map((t) => t.recording)}
            styles={tracks.map((t) => t.style).join()}
            versions={versions}
            axis={axis}
            plot={plot}
            hasBytes={hasBytes}
          />
          <PassNames texts={texts} r={lead} axis={axis} plot={plot} now={now} />
          <Lanes
            texts={texts}
            lead={lead}
            version={leadTrack.version}
            others={tracks.length > 1 ? tracks.map((t) => t.recording) : NONE}
            axis={axis}
            plot={plot}
          />
          <Lost
            texts={texts}
            bytes={Math.max(0, ...tracks.map((t, i) => totalAt(lost[i]!, t.event)))}
            now={now}
            plot={plot}
          />
          <Ending texts={texts} r={lead} axis={axis} plot={plot} />
          <Now
            axis={axis}
            plot={plot}
            step={step}
            line={lineOfStep(lead, step)}
            now={now}
            label={label}
          />
        </svg>
      )}
    </figure>
  );
}

const NONE: readonly Recording[] = [];
