package dev.intermission.trafficlog.capture;

/**
 * What was kept of a body, in the bytes in which it was sent, without the framing of HTTP.
 *
 * @param bytes its beginning; nobody may change them
 * @param isWhole whether nothing is missing
 * @param length how many bytes have come, with those that were not kept
 */
@SuppressWarnings("ArrayRecordComponent") // made once and shared, never compared
public record CapturedBody(byte[] bytes, boolean isWhole, long length) {}
