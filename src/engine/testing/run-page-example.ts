/** For tests in a browser only. */
import type { ExportFile } from '../../protocol/export';

/** Where this project's development server has the packages that an example imports. */
const packages = {
  'onnxruntime-web': '/node_modules/onnxruntime-web/dist/ort.bundle.min.mjs',
  '@tensorflow/tfjs': '/node_modules/@tensorflow/tfjs/dist/tf.fesm.min.js',
};

/** What an example prints, run as it stands in a page whose folder holds an export: lines `CLASS<tab>PROBABILITY`. */
export async function runPageExample(files: readonly ExportFile[], code: string): Promise<[string, number][]> {
  const frame = document.createElement('iframe');
  document.body.append(frame);
  const page = frame.contentWindow as Window & typeof globalThis;
  const outside = page.fetch.bind(page);
  page.fetch = async (resource, options) => {
    const address = new URL(resource instanceof page.Request ? resource.url : String(resource), location.href);
    const file = files.find(({ path }) => `/${path}` === address.pathname.slice(address.pathname.lastIndexOf('/')));
    return file ? new page.Response(file.bytes as Uint8Array<ArrayBuffer>) : outside(address, options);
  };
  const lines: string[] = [];
  // The development server wraps the packages' dynamic imports for the page of the tests.
  Object.assign(page, { __vitest_browser_runner__: { wrapDynamicImport: (load: () => unknown) => load() } });
  page.console.log = (line: string) => lines.push(line);
  try {
    await new Promise<void>((resolve, reject) => {
      page.addEventListener('done', () => resolve());
      page.addEventListener('error', ({ message }) => reject(new Error(message)));
      page.addEventListener('unhandledrejection', ({ reason }) => reject(reason));
      const map = page.document.createElement('script');
      map.type = 'importmap';
      map.textContent = JSON.stringify({ imports: packages });
      const script = page.document.createElement('script');
      script.type = 'module';
      script.textContent = `${code}\ndispatchEvent(new Event('done'));`;
      page.document.head.append(map, script);
    });
    return lines.map((line) => {
      const [name, share] = line.split('\t');
      return [name, Number(share)];
    });
  } finally {
    frame.remove();
  }
}
