package org.sparkgrad.gpu.folder;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chooses folders for files that this process runs as code: no other user can write there. */
public final class OwnFolder {
    private static final Logger LOG = LoggerFactory.getLogger(OwnFolder.class);

    private static final String OWNER = "unix:uid";
    private static final String MODE = "unix:mode";

    private static final int ROOT = 0;
    private static final int WRITABLE_BY_OTHERS = 0002;
    private static final int FOR_OTHERS = 0077;
    /** In a folder with this bit users cannot remove files of others. */
    private static final int STICKY = 01000;

    private OwnFolder() {}

    /**
     * Returns a folder, which is made if it is missing: the wanted one, or, where this user cannot write there or others can,
     * a folder below java.io.tmpdir that only this user can open.
     *
     * @param name of the folder below java.io.tmpdir; the number of the user follows it
     * @throws IOException if no folder can be used
     */
    public static Path choose(Path wanted, String name) throws IOException {
        return isUsable(wanted) ? wanted : temporary(name);
    }

    private static boolean isUsable(Path home) {
        try {
            return Files.isWritable(Files.createDirectories(home)) && isSafe(home);
        } catch (IOException readOnly) {
            return false;
        }
    }

    private static Path temporary(String name) throws IOException {
        Path shared = Path.of(System.getProperty("java.io.tmpdir"));
        Path ours = shared.resolve(name + "-" + user());
        try {
            return Files.createDirectory(
                    ours, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (FileAlreadyExistsException earlier) {
            boolean alone = number(ours, OWNER, LinkOption.NOFOLLOW_LINKS) == user()
                    && (number(ours, MODE, LinkOption.NOFOLLOW_LINKS) & FOR_OTHERS) == 0;
            if (alone && Files.isDirectory(ours, LinkOption.NOFOLLOW_LINKS)) {
                return ours;
            }
            LOG.warn("{} is not this user's alone: files go to a folder of this process", ours);
            return Files.createTempDirectory(shared, name + "-");
        }
    }

    /**
     * Returns whether only this user and root can put files there: they own the folder and its parent, and no other user
     * can rename a folder above. (The owners of folders above do not matter: a user namespace may not know them.)
     */
    public static boolean isSafe(Path folder) throws IOException {
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
