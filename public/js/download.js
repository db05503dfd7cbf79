// Links to files work without this file. With it, a download shows how far it is, can be stopped, and goes on where it
// was when the connection breaks. A large file never lies in the page's memory: it is written to the disk as it comes
// where the browser lets a page do so, and is the browser's own download elsewhere.
/** What is gathered before it becomes a Blob, which browsers may keep on the disk. */
const PIECE_BYTES = 4 * 1024 * 1024;
/** Without a byte for so long, the connection is taken for dead. */
const STALL_MS = 20_000;
/** So long the server may take to find the place where a large file goes on: it makes what is before it once more. */
const FIND_MS = 300_000;
const TRIES_MAX = 6;
const RATE_WINDOW_MS = 5_000;
const SHOW_EVERY_MS = 200;
/** How often the server is asked how many labels it has made of a file whose length it cannot tell beforehand. */
const ASK_EVERY_MS = 1_000;

const panel = document.querySelector('[data-loading]');
const bar = panel.querySelector('progress');
const what = panel.querySelector('[data-what]');
const howFar = panel.querySelector('[data-how-far]');
const state = panel.querySelector('[data-state]');
const cancelButton = panel.querySelector('[data-cancel]');
const resumeButton = panel.querySelector('[data-resume]');
const direct = panel.querySelector('[data-direct]');
const { lang } = document.documentElement;
const words = (key) => panel.dataset[`words${key}`];

/** The server said no: trying again would not help. */
class Refused extends Error {}
/** The place where the file is kept said no. */
class NoRoom extends Error {}

const filled = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? '');

function sizeText(bytes) {
  const [value, unit] = bytes < 1e6 ? [bytes / 1e3, 'kB'] : [bytes / 1e6, 'MB'];
  return `${new Intl.NumberFormat(lang, { maximumFractionDigits: value < 10 ? 1 : 0 }).format(value)} ${unit}`;
}

function timeText(seconds) {
  const [n, key] = seconds < 90 ? [Math.max(1, Math.ceil(seconds)), 'Seconds'] : [Math.ceil(seconds / 60), 'Minutes'];
  return filled(words(key), { n: new Intl.NumberFormat(lang).format(n) });
}

/** Keeps what came in memory, in pieces that the browser may put on the disk. */
function blobSink(name) {
  let pieces = [];
  let gathered = [];
  let size = 0;
  const gather = () => {
    pieces.push(new Blob(gathered));
    gathered = [];
    size = 0;
  };
  return {
    async write(chunk) {
      gathered.push(chunk);
      size += chunk.byteLength;
      if (size >= PIECE_BYTES) gather();
    },
    async restart() {
      pieces = [];
      gathered = [];
      size = 0;
    },
    async abort() {
      await this.restart();
    },
    async close(type) {
      gather();
      const url = URL.createObjectURL(new Blob(pieces, { type }));
      const link = document.createElement('a');
      link.href = url;
      link.download = name;
      link.click();
      setTimeout(() => URL.revokeObjectURL(url), 60_000);
    },
  };
}

/** Writes to a file that the person chose; what is there stays apart until it is whole. */
async function fileSink(name) {
  const handle = await showSaveFilePicker({ suggestedName: name });
  const stream = await handle.createWritable();
  const kept = async (work) => {
    try {
      return await work();
    } catch (error) {
      throw new NoRoom(error.message);
    }
  };
  return {
    write: (chunk) => kept(() => stream.write(chunk)),
    restart: () => kept(async () => {
      await stream.truncate(0);
      await stream.seek(0);
    }),
    abort: () => stream.abort(),
    close: () => kept(() => stream.close()),
  };
}

/** As without this file: the browser's own download. */
function plainly({ href, dataset }) {
  const link = document.createElement('a');
  Object.assign(link, { href, download: dataset.download });
  link.click();
}

/** @returns null when the person shut the browser's dialogue, or the file is downloaded without this page */
async function sinkFor(link) {
  const { download: name, large } = link.dataset;
  if (large === undefined) return blobSink(name);
  try {
    return await fileSink(name);
  } catch (error) {
    if (error.name !== 'AbortError') plainly(link);
    return null;
  }
}

let job = null;
let shownAt = 0;

/** Bytes a second over the last seconds. */
function rateOf({ samples }) {
  const [first] = samples;
  const last = samples.at(-1);
  if (first === undefined || last.at - first.at < 300) return 0;
  return ((last.bytes - first.bytes) * 1000) / (last.at - first.at);
}

const whole = (value) => new Intl.NumberFormat(lang, { maximumFractionDigits: 0 }).format(value);

/** Labels, where bytes say nothing about what is still to come. */
function showLabels() {
  const { labels, count, rate } = job.made;
  bar.value = (labels / count) * 100;
  const values = { done: whole(labels), total: whole(count), size: sizeText(job.received), rate: whole(rate) };
  const left = timeText((count - labels) / Math.max(1, rate));
  howFar.textContent = filled(words('Labels'), { ...values, left });
}

/** Asks how far the making has come. What cannot be learned is not shown, and does no harm. */
async function ask(mine) {
  while (job === mine && mine.total === null) {
    await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS));
    if (job !== mine || mine.total !== null || mine.received === 0) continue;
    const answer = await fetch(mine.progress, { cache: 'no-store' })
      .then((response) => (response.ok ? response.json() : null))
      .catch(() => null);
    const [file] = (answer?.files ?? []).filter(({ format }) => mine.href.endsWith(`.${format}`));
    const at = performance.now();
    const rate = ((file?.labels ?? 0) - (mine.made?.labels ?? 0)) / ((at - (mine.made?.at ?? mine.startedAt)) / 1000);
    mine.made = file === undefined ? null : { ...file, at, rate: Math.max(0, rate) };
  }
}

function showFar(now) {
  const { received, total } = job;
  const rate = rateOf(job);
  shownAt = now;
  if (total === null && job.made !== null) {
    showLabels();
    return;
  }
  if (total === null || total === 0) bar.removeAttribute('value');
  else bar.value = (received / total) * 100;
  const values = { done: sizeText(received), total: sizeText(total ?? 0), rate: sizeText(rate) };
  const known = total !== null && rate > 0;
  if (received === 0) howFar.textContent = words('Start');
  else if (known) {
    howFar.textContent = filled(words('Part'), { ...values, left: timeText((total - received) / rate) });
  } else howFar.textContent = filled(words('Some'), values);
}

/** Says how it stands to everybody: in sight, and once for those who listen. */
function say(sentence) {
  howFar.textContent = sentence;
  state.textContent = sentence;
}

function buttons({ cancel, resume }) {
  cancelButton.hidden = !cancel;
  resumeButton.hidden = !resume;
}

/** How much of the file a response begins after; null for one that is not what was asked for. */
function startOf(response) {
  if (response.status === 200) return 0;
  const [, from] = /^bytes (\d+)-/.exec(response.headers.get('content-range') ?? '') ?? [];
  return response.status === 206 && from !== undefined ? Number(from) : null;
}

function totalOf(response, from) {
  // A compressed answer's length is not the file's.
  if (response.headers.has('content-encoding')) return null;
  const length = response.headers.get('content-length');
  return length === null ? null : from + Number(length);
}

async function reasonOf(response) {
  const problem = await response.json().catch(() => ({}));
  return problem.detail ?? problem.title ?? String(response.status);
}

async function open() {
  // Only of an entity that is the same byte for byte can a part be asked for. Source: RFC 9110 §13.1.5
  const isPart = job.received > 0 && job.etag !== null;
  const headers = { accept: '*/*', 'accept-language': lang };
  if (isPart) Object.assign(headers, { range: `bytes=${job.received}-`, 'if-range': job.etag });
  const response = await fetch(job.href, { headers, signal: job.attempt.signal, cache: 'no-store' });
  if (response.status >= 500) throw new Error(`The server answered ${response.status}`);
  if (!response.ok) throw new Refused(await reasonOf(response));
  const from = startOf(response);
  if (from !== job.received) {
    if (from !== 0) throw new Refused(String(response.status));
    await job.sink.restart();
    job.received = 0;
    job.samples = [];
  }
  const etag = response.headers.get('etag');
  const isWhole = !response.headers.has('content-encoding');
  job.etag = isWhole && etag !== null && !etag.startsWith('W/') ? etag : null;
  job.total = totalOf(response, from);
  job.type = response.headers.get('content-type') ?? '';
  return response.body.getReader();
}

/** One connection, until the file is whole. @throws whatever ended it before */
async function receive() {
  let alive;
  const expectMore = (ms) => {
    clearTimeout(alive);
    alive = setTimeout(() => job.attempt.abort(), ms);
  };
  job.attempt = new AbortController();
  expectMore(job.received > 0 ? FIND_MS : STALL_MS);
  try {
    const reader = await open();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      expectMore(STALL_MS);
      await job.sink.write(value);
      job.received += value.byteLength;
      job.tries = 0;
      const now = performance.now();
      job.samples.push({ at: now, bytes: job.received });
      while (now - job.samples[0].at > RATE_WINDOW_MS) job.samples.shift();
      if (now - shownAt >= SHOW_EVERY_MS) showFar(now);
    }
  } finally {
    clearTimeout(alive);
  }
  if (job.total !== null && job.received !== job.total) throw new Error('The file ended too early');
}

/** Waits so long, or until the network is back or somebody presses; without a time, only for those. */
const pause = (ms) =>
  new Promise((resolve) => {
    job.wake = resolve;
    addEventListener('online', resolve, { once: true });
    if (ms !== null) setTimeout(resolve, ms);
  });

/** What to say of a failure, and how long to wait: longer each time, and for a person where trying is no use. */
function afterFailure(error) {
  const kept = { done: sizeText(job.received) };
  if (error instanceof NoRoom) return { sentence: words('Full'), ms: null };
  if (!navigator.onLine || job.tries > TRIES_MAX) return { sentence: filled(words('Lost'), kept), ms: null };
  return { sentence: filled(words('Broken'), kept), ms: 500 * 2 ** job.tries };
}

async function run() {
  const mine = job;
  buttons({ cancel: true, resume: false });
  while (job === mine) {
    try {
      await receive();
      await job.sink.close(job.type);
      bar.value = 100;
      say(filled(words('Done'), { name: job.name, total: sizeText(job.received) }));
      end();
      return;
    } catch (error) {
      if (job !== mine) return;
      if (error instanceof Refused) {
        say(filled(words('Refused'), { reason: error.message }));
        bar.hidden = true;
        await job.sink.abort().catch(() => undefined);
        end();
        return;
      }
      job.tries += 1;
      job.samples = [];
      const { sentence, ms } = afterFailure(error);
      say(sentence);
      buttons({ cancel: true, resume: ms === null });
      await pause(ms);
      if (ms === null && job !== null) job.tries = 0;
      if (job === mine) buttons({ cancel: true, resume: false });
    }
  }
}

/** Nothing is being downloaded any more: the file's name stands over how it ended. */
function end() {
  if (job === null) return;
  what.textContent = job.name;
  job = null;
  buttons({ cancel: false, resume: false });
}

async function start(link) {
  const sink = await sinkFor(link);
  if (sink === null) return;
  const { download: name } = link.dataset;
  job = { href: link.href, name, sink, received: 0, total: null, etag: null, samples: [], tries: 0, wake: null, made: null };
  Object.assign(job, { progress: panel.dataset.progress, startedAt: performance.now() });
  what.textContent = filled(what.dataset.what, { name });
  state.textContent = what.textContent;
  direct.href = link.href;
  bar.removeAttribute('value');
  bar.hidden = false;
  direct.parentElement.hidden = false;
  howFar.textContent = words('Start');
  panel.hidden = false;
  panel.scrollIntoView({ block: 'nearest' });
  panel.focus({ preventScroll: true });
  void ask(job);
  await run();
}

for (const link of document.querySelectorAll('a[data-download]')) {
  link.addEventListener('click', (event) => {
    // A new tab or window is the browser's own affair, and so is a large file that it does not let a page write.
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    if (link.dataset.large !== undefined && !('showSaveFilePicker' in window)) return;
    event.preventDefault();
    if (job === null) void start(link);
    else panel.focus();
  });
}

cancelButton.addEventListener('click', async () => {
  const stopped = job;
  if (stopped === null) return;
  end();
  stopped.attempt.abort();
  stopped.wake?.();
  bar.hidden = true;
  direct.parentElement.hidden = true;
  say(words('Cancelled'));
  await stopped.sink.abort().catch(() => undefined);
});

resumeButton.addEventListener('click', () => job?.wake?.());

addEventListener('beforeunload', (event) => {
  if (job !== null) event.preventDefault();
});
