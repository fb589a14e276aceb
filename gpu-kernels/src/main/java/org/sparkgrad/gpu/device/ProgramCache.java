package org.sparkgrad.gpu.device;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compiled programs in files, a file for each text, device and driver. A file is the SHA-256 of its program and the program.
 * A writer moves a whole file to its place, so readers never see a part of one; a file with another digest is removed.
 */
final class ProgramCache {
    private static final Logger LOG = LoggerFactory.getLogger(ProgramCache.class);
    private static final int DIGEST = 32;

    private final Path folder;

    /** @param folder that no other user can write to */
    ProgramCache(Path folder) {
        this.folder = folder;
    }

    /** Returns the key of a program: all that its compilation depends on. */
    static String key(List<String> parts) {
        byte[] text = String.join("\u0000", parts).getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().formatHex(digest(text));
    }

    /** Returns the program of a key, if there is a whole one. */
    Optional<byte[]> find(String key) {
        Path file = file(key);
        try {
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            byte[] bytes = Files.readAllBytes(file);
            byte[] program = Arrays.copyOfRange(bytes, Math.min(DIGEST, bytes.length), bytes.length);
            if (bytes.length > DIGEST && Arrays.equals(digest(program), Arrays.copyOf(bytes, DIGEST))) {
                return Optional.of(program);
            }
            LOG.warn("{} is broken: it is removed, and the program compiled again", file);
            Files.deleteIfExists(file);
        } catch (IOException unreadable) {
            LOG.warn("{} cannot be read: the program is compiled again", file, unreadable);
        }
        return Optional.empty();
    }

    /** Keeps a program; where that is not possible, the next process compiles it again. */
    void keep(String key, byte[] program) {
        try {
            Path part = Files.createTempFile(folder, key, ".part");
            try {
                byte[] bytes = Arrays.copyOf(digest(program), DIGEST + program.length);
                System.arraycopy(program, 0, bytes, DIGEST, program.length);
                Files.write(part, bytes);
                Files.move(part, file(key), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException full) {
            LOG.warn("the compiled program cannot be kept in {}", folder, full);
        }
    }

    /** Removes a program that the driver has refused. */
    void forget(String key) {
        try {
            Files.deleteIfExists(file(key));
        } catch (IOException unable) {
            LOG.warn("{} cannot be removed", file(key), unable);
        }
    }

    private Path file(String key) {
        return folder.resolve(key + ".program");
    }

    private static byte[] digest(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException impossible) {
            throw new LinkageError("every JVM has SHA-256", impossible);
        }
    }
}
