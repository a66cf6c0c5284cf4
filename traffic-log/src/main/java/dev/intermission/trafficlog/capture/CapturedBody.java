package dev.intermission.trafficlog.capture;

import java.util.Arrays;

/**
 * What was kept of a body, in the bytes in which it was sent, without the framing of HTTP.
 *
 * @param bytes its beginning; nobody may change them
 * @param isWhole whether nothing is missing
 * @param length how many bytes have come, with those that were not kept
 */
@SuppressWarnings("ArrayRecordComponent") // made once and shared, never compared
public record CapturedBody(byte[] bytes, boolean isWhole, long length) {

  /** Returns it as it is captured if so many characters are wanted. */
  CapturedBody beginning(int wanted) {
    int most = wanted + BodyCapture.MARGIN;
    int characters = 0;
    for (int i = 0; i < bytes.length; i++) {
      boolean begins = BodyCapture.begins(bytes[i]);
      if (i == BodyCapture.mostBytes(most) || (begins && characters == most)) {
        return new CapturedBody(Arrays.copyOf(bytes, i), false, length);
      }
      characters += begins ? 1 : 0;
    }
    return this;
  }
}
