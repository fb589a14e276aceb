package org.sparkgrad.gpu.folder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class OwnFolderTest {
    private static final String NAME = "sparkgrad-own-folder-test";

    @TempDir
    private Path home;

    @Test
    void aFolderOfThisUserIsMadeAndTaken() throws IOException {
        Path wanted = home.resolve(".cache").resolve("sparkgrad");
        assertEquals(wanted, OwnFolder.choose(wanted, NAME));
        assertTrue(Files.isDirectory(wanted));
        assertTrue(OwnFolder.isSafe(wanted));
    }

    @Test
    void aFolderThatOthersWriteToIsNotTaken() throws IOException {
        Path open = Files.createDirectory(home.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertFalse(OwnFolder.isSafe(open));
        Path instead = OwnFolder.choose(open, NAME);
        try {
            assertNotEquals(open, instead);
            assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(instead)));
        } finally {
            Files.delete(instead);
        }
    }
}
