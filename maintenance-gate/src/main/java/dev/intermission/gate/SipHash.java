package dev.intermission.gate;

import dev.intermission.api.AdmissionSalt;

/**
 * SipHash-2-4 (Aumasson and Bernstein, 2012): a hash that can't be predicted without its key, made
 * for short inputs. Allocates nothing but itself.
 */
final class SipHash {

  private static final int CHARS_PER_WORD = Long.BYTES / Character.BYTES;

  private long v0;
  private long v1;
  private long v2;
  private long v3;

  private SipHash(AdmissionSalt key) {
    v0 = key.first() ^ 0x736f6d6570736575L;
    v1 = key.second() ^ 0x646f72616e646f6dL;
    v2 = key.first() ^ 0x6c7967656e657261L;
    v3 = key.second() ^ 0x7465646279746573L;
  }

  /** Returns the hash of a text, as two bytes for each character, the lower one first. */
  static long of(AdmissionSalt key, String text) {
    SipHash hash = new SipHash(key);
    int whole = text.length() / CHARS_PER_WORD * CHARS_PER_WORD;
    for (int at = 0; at < whole; at += CHARS_PER_WORD) {
      hash.add(word(text, at, CHARS_PER_WORD));
    }
    long length = (long) text.length() * Character.BYTES;
    return hash.end(word(text, whole, text.length() - whole) | (length << 56));
  }

  /** Returns the hash of sixteen bytes. */
  static long of(AdmissionSalt key, long first, long second) {
    SipHash hash = new SipHash(key);
    hash.add(first);
    hash.add(second);
    return hash.end((long) (2 * Long.BYTES) << 56);
  }

  private static long word(String text, int from, int chars) {
    long word = 0;
    for (int i = 0; i < chars; i++) {
      word |= (long) text.charAt(from + i) << (Character.SIZE * i);
    }
    return word;
  }

  private void add(long word) {
    v3 ^= word;
    mix();
    mix();
    v0 ^= word;
  }

  private long end(long word) {
    add(word);
    v2 ^= 0xff;
    mix();
    mix();
    mix();
    mix();
    return v0 ^ v1 ^ v2 ^ v3;
  }

  private void mix() {
    v0 += v1;
    v1 = Long.rotateLeft(v1, 13) ^ v0;
    v0 = Long.rotateLeft(v0, 32);
    v2 += v3;
    v3 = Long.rotateLeft(v3, 16) ^ v2;
    v0 += v3;
    v3 = Long.rotateLeft(v3, 21) ^ v0;
    v2 += v1;
    v1 = Long.rotateLeft(v1, 17) ^ v2;
    v2 = Long.rotateLeft(v2, 32);
  }
}
