// Labels can be scanned into the text field by a scanner that types, or pasted. Where the browser reads QR codes by
// itself, its camera does so as well: each label once, a line each.

const scanner = document.querySelector('[data-scanner]');
const field = document.getElementById(scanner.dataset.scanner);
const button = scanner.querySelector('[data-camera]');
const video = scanner.querySelector('video');
const said = scanner.querySelector('[role="status"]');
const words = button.textContent;
let stream = null;

const lines = () => field.value.split(/\n/).filter((line) => line.trim() !== '');

function add(text) {
  const known = lines();
  if (known.includes(text)) return;
  field.value = `${[...known, text].join('\n')}\n`;
  navigator.vibrate?.(60);
  said.textContent = scanner.dataset.seen.replace('{n}', String(known.length + 1));
}

function stop() {
  for (const track of stream?.getTracks() ?? []) track.stop();
  stream = null;
  video.hidden = true;
  button.textContent = words;
}

async function look(detector) {
  while (stream !== null) {
    const codes = await detector.detect(video).catch(() => []);
    for (const { rawValue } of codes) add(rawValue);
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
}

async function start() {
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
  } catch {
    said.textContent = scanner.dataset.failed;
    return;
  }
  video.srcObject = stream;
  video.hidden = false;
  button.textContent = button.dataset.stop;
  await video.play();
  void look(new BarcodeDetector({ formats: ['qr_code'] }));
}

// A scanner ends each code with Enter: in a text field that is a new line, which is what is wanted.
if ('BarcodeDetector' in window && navigator.mediaDevices !== undefined) {
  field.after(scanner);
  scanner.hidden = false;
  button.addEventListener('click', () => (stream === null ? start() : stop()));
}
