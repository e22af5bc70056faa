/**
 * The page as one document, for `build.py build --single-file`: its script and its style inline,
 * known to the policy by their hashes, and workers from blobs. web/build/single.py adds the files
 * that a server would give.
 */
import type { Plugin, Rollup } from "vite";
import { hashOf, pagePolicy } from "./box.ts";

/** Workers with their whole text in the page's script. */
const inlineWorkers: Plugin = {
  name: "livegrad:inline-workers",
  enforce: "pre",
  resolveId(name, importer) {
    return name.endsWith("?worker") ? this.resolve(`${name}&inline`, importer) : undefined;
  },
};

const oneDocument: Plugin = {
  name: "livegrad:one-document",
  enforce: "post",
  generateBundle: {
    order: "post",
    handler(_, bundle) {
      const made = Object.values(bundle);
      const [chunk, ...chunks] = made.filter((one) => one.type === "chunk");
      const css = made.find(({ fileName }) => fileName.endsWith(".css")) as Rollup.OutputAsset;
      const page = bundle["index.html"] as Rollup.OutputAsset;
      if (!chunk || chunks.length)
        throw new Error(`One script is wanted, not ${chunks.length + 1}.`);
      // Nothing in a script may look like its end, or like a comment of the document.
      const script = chunk.code.replaceAll("</script", "<\\/script").replaceAll("<!--", "<\\!--");
      const style = String(css.source);
      const icon = made.find(({ fileName }) => /icon-[\w-]+\.svg$/.test(fileName))!;
      const drawn = Buffer.from((icon as Rollup.OutputAsset).source).toString("base64");
      const policy = pagePolicy({
        scripts: hashOf(script),
        styles: hashOf(style),
        images: "data:",
      });
      page.source = String(page.source)
        .replace(/\s*<(script type="module"|link rel="stylesheet"|link rel="modulepreload").*/g, "")
        .replace("%POLICY%", () => policy)
        .replace(`./${icon.fileName}`, `data:image/svg+xml;base64,${drawn}`)
        .replace("</head>", () => `<style>${style}</style>\n  </head>`)
        .replace("</body>", () => `<script type="module">${script}</script>\n  </body>`);
      for (const { fileName } of made) if (fileName !== "index.html") delete bundle[fileName];
    },
  },
};

export const single = (): Plugin[] => [inlineWorkers, oneDocument];
