import { formatDate } from '../platform/format.ts';
import { dateInVietnam } from '../platform/clock.ts';
import { say } from '../platform/terminal.ts';
import type { Command } from './command.ts';
import { withApp } from './open.ts';

const day = (instant: Date): string => formatDate(dateInVietnam(instant));

/** A new master key for the runs to come. */
export const keysRotate: Command = {
  name: 'keys rotate',
  parameters: [],
  about: {
    vi: 'Tạo khóa mới cho mã riêng từng gói; tem đã in vẫn đọc được, máy chủ vẫn chạy.',
    en: 'Makes a new key for unit codes; labels already printed stay readable, the server keeps serving.',
  },
  async run({ config }) {
    const outcome = await withApp(config, (app) => app.features.labels.keys.rotate());
    if (outcome.kind === 'full') {
      const until = outcome.until === null ? null : formatDate(outcome.until);
      throw new Error(
        until === null
          ? `Bốn khóa đang dùng, và khóa ${outcome.oldest} còn tem không có hạn. / ` +
              `Four keys are in force, and labels of key ${outcome.oldest} never expire.`
          : `Bốn khóa đang dùng, và tem của khóa ${outcome.oldest} còn hạn đến hết ${until}. / ` +
              `Four keys are in force, and labels of key ${outcome.oldest} are in date until ${until}.`,
      );
    }
    say(
      `Khóa ${outcome.epoch} dùng cho đợt in mới sau ba giây. / Key ${outcome.epoch} is used three seconds from now.`,
      'Hãy sao lưu DATA_DIR/keys: mất khóa thì tem không đọc được nữa. / ' +
        'Back up DATA_DIR/keys: without the key its labels cannot be recognised.',
    );
    if (outcome.retired !== null) {
      say(
        `Khóa ${outcome.retired} đã nghỉ: mọi lô in bằng nó đã hết hạn. / ` +
          `Key ${outcome.retired} is retired: every batch printed with it has expired.`,
      );
    }
  },
};

/** Every master key there was. */
export const keysList: Command = {
  name: 'keys list',
  parameters: [],
  about: {
    vi: 'Liệt kê các khóa: từ ngày nào, bao nhiêu đợt in, còn cần đến khi nào.',
    en: 'Lists the keys: since when, how many print runs, needed until when.',
  },
  async run({ config }) {
    const epochs = await withApp(config, (app) => app.features.labels.keys.list());
    for (const { epoch, createdAt, retiredAt, runs, expiresOn } of epochs) {
      const until =
        retiredAt !== null
          ? `nghỉ / retired ${day(retiredAt)}`
          : runs === 0
            ? 'chưa in / nothing printed'
            : expiresOn === null
              ? 'không thời hạn / for ever'
              : `đến / until ${formatDate(expiresOn)}`;
      say(`${epoch}  từ / since ${day(createdAt)}  ${runs} đợt in / runs  ${until}`);
    }
  },
};
