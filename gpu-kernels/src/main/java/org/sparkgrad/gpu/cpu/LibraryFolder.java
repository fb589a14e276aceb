package org.sparkgrad.gpu.cpu;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import org.bytedeco.javacpp.Loader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder into which JavaCPP unpacks libraries, and from which it loads them. No other user can write there. It is
 * ~/.javacpp/cache or, where this user cannot write there, a folder below java.io.tmpdir that only this user can open. By
 * itself JavaCPP would use a folder below java.io.tmpdir that another user may have created.
 */
final class LibraryFolder {
    private static final Logger LOG = LoggerFactory.getLogger(LibraryFolder.class);

    /** JavaCPP's property; a user who sets it chooses the folder. */
    private static final String CHOSEN = "org.bytedeco.javacpp.cachedir";

    private static final String OWNER = "unix:uid";
    private static final String MODE = "unix:mode";

    private static final int ROOT = 0;
    private static final int WRITABLE_BY_OTHERS = 0002;
    private static final int FOR_OTHERS = 0077;
    /** In a folder with this bit users cannot remove files of others. */
    private static final int STICKY = 01000;

    private LibraryFolder() {}

    /**
     * Chooses the folder, before JavaCPP does.
     *
     * @throws IOException if no folder can be used, or if another user can write to the one that the property names
     */
    static void choose() throws IOException {
        if (System.getProperty(CHOSEN) == null) {
            Path home = Path.of(System.getProperty("user.home"), ".javacpp", "cache");
            System.setProperty(CHOSEN, (isUsable(home) ? home : temporary()).toString());
        }
        Path cache = Loader.getCacheDir().toPath();
        if (!isSafe(cache)) {
            throw new IOException("other users can write in %s, so a library in it may be anybody's".formatted(cache));
        }
    }

    private static boolean isUsable(Path home) {
        try {
            return Files.isWritable(Files.createDirectories(home)) && isSafe(home);
        } catch (IOException readOnly) {
            return false;
        }
    }

    private static Path temporary() throws IOException {
        Path shared = Path.of(System.getProperty("java.io.tmpdir"));
        Path ours = shared.resolve("sparkgrad-libraries-" + user());
        try {
            return Files.createDirectory(
                    ours, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (FileAlreadyExistsException earlier) {
            boolean alone = number(ours, OWNER, LinkOption.NOFOLLOW_LINKS) == user()
                    && (number(ours, MODE, LinkOption.NOFOLLOW_LINKS) & FOR_OTHERS) == 0;
            if (alone && Files.isDirectory(ours, LinkOption.NOFOLLOW_LINKS)) {
                return ours;
            }
            LOG.warn("{} is not this user's alone: libraries go to a folder of this process", ours);
            return Files.createTempDirectory(shared, "sparkgrad-libraries-");
        }
    }

    /**
     * Returns whether only this user and root can put files there: they own the folder and its parent, and no other user
     * can rename a folder above. (The owners of folders above do not matter: a user namespace may not know them.)
     */
    private static boolean isSafe(Path folder) throws IOException {
        Path real = folder.toRealPath();
        int user = user();
        for (Path at = real; at != null; at = at.getParent()) {
            int owner = number(at, OWNER);
            int mode = number(at, MODE);
            boolean last = at.equals(real);
            boolean shared = (mode & WRITABLE_BY_OTHERS) != 0 && (last || (mode & STICKY) == 0);
            boolean anothers = (last || at.equals(real.getParent())) && owner != user && owner != ROOT;
            if (shared || anothers) {
                return false;
            }
        }
        return true;
    }

    private static int user() throws IOException {
        return number(Path.of("/proc/self"), OWNER);
    }

    private static int number(Path path, String attribute, LinkOption... options) throws IOException {
        return (Integer) Objects.requireNonNull(Files.getAttribute(path, attribute, options), attribute);
    }
}
