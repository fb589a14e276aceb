package org.sparkgrad.gpu.cpu;

import java.io.IOException;
import java.nio.file.Path;
import org.bytedeco.javacpp.Loader;
import org.sparkgrad.gpu.folder.OwnFolder;

/**
 * The folder into which JavaCPP unpacks libraries, and from which it loads them. No other user can write there. It is
 * ~/.javacpp/cache or, where this user cannot write there, a folder below java.io.tmpdir that only this user can open. By
 * itself JavaCPP would use a folder below java.io.tmpdir that another user may have created.
 */
final class LibraryFolder {
    /** JavaCPP's property; a user who sets it chooses the folder. */
    private static final String CHOSEN = "org.bytedeco.javacpp.cachedir";

    private LibraryFolder() {}

    /**
     * Chooses the folder, before JavaCPP does.
     *
     * @throws IOException if no folder can be used, or if another user can write to the one that the property names
     */
    static void choose() throws IOException {
        if (System.getProperty(CHOSEN) == null) {
            Path home = Path.of(System.getProperty("user.home"), ".javacpp", "cache");
            System.setProperty(
                    CHOSEN, OwnFolder.choose(home, "sparkgrad-libraries").toString());
        }
        Path cache = Loader.getCacheDir().toPath();
        if (!OwnFolder.isSafe(cache)) {
            throw new IOException("other users can write in %s, so a library in it may be anybody's".formatted(cache));
        }
    }
}
