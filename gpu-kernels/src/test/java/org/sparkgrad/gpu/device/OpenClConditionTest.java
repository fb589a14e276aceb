package org.sparkgrad.gpu.device;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class OpenClConditionTest {
    @Test
    void runsWithEnoughDevices() {
        assertFalse(OpenClCondition.decide(1, 1, "a test", true).isDisabled());
    }

    @Test
    void skipsWithTheReason() {
        var result = OpenClCondition.decide(2, 0, "a test", false);
        assertTrue(result.isDisabled());
        assertTrue(result.getReason().orElseThrow().contains("needs 2 OpenCL devices, found 0"));
    }

    @Test
    void failsWhereOpenClIsRequired() {
        assertThrows(AssertionError.class, () -> OpenClCondition.decide(1, 0, "a test", true));
    }
}
