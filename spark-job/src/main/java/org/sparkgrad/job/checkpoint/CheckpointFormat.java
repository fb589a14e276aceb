package org.sparkgrad.job.checkpoint;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import org.sparkgrad.job.optimize.SavedState;

/**
 * The format of a checkpoint, with big-endian numbers: "sparkgrad", the format's number (int), the length (int) of a
 * text and the text, which is the identity as JSON in UTF-8; the number of vectors (int), and for each vector its name
 * ({@link DataOutputStream#writeUTF}), its length (int) and its doubles; then SHA-256 of all bytes before.
 */
final class CheckpointFormat {
    private static final byte[] MAGIC = "sparkgrad".getBytes(StandardCharsets.US_ASCII);
    private static final int FORMAT = 1;
    private static final int HASH_BYTES = 32;
    private static final int BUFFER = 1 << 16;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private CheckpointFormat() {}

    /** Opens the same bytes each time. */
    @FunctionalInterface
    interface Source {
        /** Returns a new stream from the first byte. */
        InputStream open() throws IOException;
    }

    /** Writes a checkpoint and leaves the stream open. */
    static void write(Checkpoint checkpoint, OutputStream stream) throws IOException {
        DigestOutputStream digesting = new DigestOutputStream(stream, sha256());
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(digesting, BUFFER));
        out.write(MAGIC);
        out.writeInt(FORMAT);
        byte[] identity = MAPPER.writeValueAsBytes(checkpoint.identity());
        out.writeInt(identity.length);
        out.write(identity);
        Map<String, double[]> vectors = checkpoint.state().vectors();
        out.writeInt(vectors.size());
        for (Map.Entry<String, double[]> vector : vectors.entrySet()) {
            out.writeUTF(vector.getKey());
            write(vector.getValue(), out);
        }
        out.flush();
        stream.write(digesting.getMessageDigest().digest());
    }

    /**
     * Reads a checkpoint. The hash is checked first, so nothing is created from damaged bytes.
     *
     * @param length the length of the file
     * @throws IOException if the file is damaged or has another format; the message continues a sentence that begins
     *     with "it"
     */
    static Checkpoint read(Source source, long length) throws IOException {
        try (InputStream stream = source.open()) {
            check(stream, length - HASH_BYTES);
        }
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(source.open(), BUFFER))) {
            in.skipNBytes(MAGIC.length);
            int format = in.readInt();
            if (format != FORMAT) {
                throw new IOException("has format %d, and this version reads %d".formatted(format, FORMAT));
            }
            RunIdentity identity = MAPPER.readValue(in.readNBytes(in.readInt()), RunIdentity.class);
            SavedState state = new SavedState();
            for (int left = in.readInt(); left > 0; left--) {
                String name = in.readUTF();
                state.put(name, readVector(in));
            }
            return new Checkpoint(identity, Checkpoint.Progress.read(state), state);
        }
    }

    private static void write(double[] vector, DataOutputStream out) throws IOException {
        out.writeInt(vector.length);
        ByteBuffer chunk = ByteBuffer.allocate(BUFFER);
        int most = BUFFER / Double.BYTES;
        for (int from = 0; from < vector.length; from += most) {
            int count = Math.min(most, vector.length - from);
            chunk.asDoubleBuffer().put(vector, from, count);
            out.write(chunk.array(), 0, count * Double.BYTES);
        }
    }

    private static double[] readVector(DataInputStream in) throws IOException {
        double[] vector = new double[in.readInt()];
        ByteBuffer chunk = ByteBuffer.allocate(BUFFER);
        int most = BUFFER / Double.BYTES;
        for (int from = 0; from < vector.length; from += most) {
            int count = Math.min(most, vector.length - from);
            in.readFully(chunk.array(), 0, count * Double.BYTES);
            chunk.asDoubleBuffer().get(vector, from, count);
        }
        return vector;
    }

    private static void check(InputStream stream, long length) throws IOException {
        DigestInputStream digesting = new DigestInputStream(stream, sha256());
        byte[] buffer = new byte[BUFFER];
        byte[] magic = digesting.readNBytes(MAGIC.length);
        long left = length - magic.length;
        while (left > 0) {
            int read = digesting.read(buffer, 0, (int) Math.min(BUFFER, left));
            if (read < 0) {
                throw new IOException("is cut short");
            }
            left -= read;
        }
        boolean whole = MessageDigest.isEqual(digesting.getMessageDigest().digest(), stream.readNBytes(HASH_BYTES));
        if (left < 0 || !whole || !MessageDigest.isEqual(magic, MAGIC)) {
            throw new IOException("is damaged: its bytes do not have the hash at its end");
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
