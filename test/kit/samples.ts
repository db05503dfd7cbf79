/** Bodies of requests that are right; a test changes what it is about. */

export const teaProduct = {
  name: { vi: 'Chè xanh Shan tuyết cổ thụ', en: 'Ancient-tree Shan Tuyết green tea' },
  tier: 'regional',
  nationalKeyProduct: 'NKP-06',
  category: '1.11',
  ocop: { stars: 4, decision: 'QĐ 11/QĐ-UBND', issuedOn: '2026-01-10', expiresOn: '2028-12-10' },
  gtin: '2009001000017',
  brand: 'Mây Ngủ',
  netContent: { value: 100, unit: 'g' },
  ingredients: { vi: '100% búp chè Shan tuyết', en: '100% Shan Tuyết tea buds' },
  storage: { vi: 'Nơi khô, mát', en: 'Keep dry and cool' },
  usage: { vi: 'Pha 5 g với 250 ml nước 80–85 °C', en: 'Steep 5 g in 250 ml of water at 80–85 °C' },
  warnings: { vi: 'Không dùng khi ẩm, mốc', en: 'Do not use if damp or mouldy' },
  standards: ['TCVN 9740:2013'],
  shelfLifeDays: 730,
} as const;

export const teaBatch = {
  lotNumber: 'CX-01',
  quantity: { value: 96, unit: 'kg' },
  producedOn: '2026-04-07',
} as const;

export const harvest = {
  step: 'harvesting',
  occurredAt: '2026-04-05T06:10:00+07:00',
  place: { name: 'Đồi chè cổ thụ Pả Ngán', provinceCode: '08', lat: 23.1536, lon: 105.3082 },
  quantity: { value: 480, unit: 'kg' },
  note: { vi: 'Hái tay búp một tôm hai lá.', en: 'One bud and two leaves, picked by hand.' },
} as const;
