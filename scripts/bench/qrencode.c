/* Encodes every line of its input as libqrencode does and says how many symbols a second. */
#include <qrencode.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

int main(void) {
  static char lines[20000][128];
  int count = 0;
  while (count < 20000 && fgets(lines[count], sizeof lines[count], stdin)) {
    lines[count][strcspn(lines[count], "\n")] = 0;
    count++;
  }
  struct timespec from, to;
  clock_gettime(CLOCK_MONOTONIC, &from);
  for (int at = 0; at < count; at++) {
    QRcode *symbol = QRcode_encodeString(lines[at], 0, QR_ECLEVEL_M, QR_MODE_8, 1);
    QRcode_free(symbol);
  }
  clock_gettime(CLOCK_MONOTONIC, &to);
  printf("%.0f\n", count / ((to.tv_sec - from.tv_sec) + (to.tv_nsec - from.tv_nsec) / 1e9));
  return 0;
}
