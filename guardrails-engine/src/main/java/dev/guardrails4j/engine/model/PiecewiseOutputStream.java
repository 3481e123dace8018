package dev.guardrails4j.engine.model;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Hands on what is written in pieces. Of what a socket channel is given at once the JDK makes a copy outside of the heap, anew
 * after each part of it that the system takes, and keeps the room for the thread's next.
 */
final class PiecewiseOutputStream extends FilterOutputStream {

    static final int LONGEST_PIECE = 64 * 1024;

    PiecewiseOutputStream(OutputStream out) {
        super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        for (int written = 0; written < length; written += LONGEST_PIECE) {
            out.write(bytes, offset + written, Math.min(LONGEST_PIECE, length - written));
        }
    }
}
