package org.sparkgrad.gpu;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "org.sparkgrad.gpu", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule KNOWS_NO_SPARK =
            noClasses().should().dependOnClassesThat().resideInAnyPackage("org.apache.spark..", "org.sparkgrad.job..");

    @ArchTest
    static final ArchRule APARAPI_STAYS_AT_THE_DEVICE = noClasses()
            .that()
            .resideOutsideOfPackages("..gpu.kernel", "..gpu.device", "..gpu.engine.opencl")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.aparapi..");

    @ArchTest
    static final ArchRule OPENBLAS_STAYS_ON_THE_PROCESSOR = noClasses()
            .that()
            .resideOutsideOfPackages("..gpu.cpu", "..gpu.engine.cpu", "..gpu.engine.gram")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.bytedeco..");

    @ArchTest
    static final ArchRule NATIVE_CALLS_STAY_AT_DEVICE_AND_PROCESSOR = noClasses()
            .that()
            .resideOutsideOfPackages("..gpu.device", "..gpu.cpu")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.sun.jna..");

    @ArchTest
    static final ArchRule OPENCL_CALLS_STAY_AT_THE_DEVICE = noClasses()
            .that()
            .resideOutsideOfPackage("..gpu.device")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.lwjgl..");

    /** Each package depends only on earlier ones; the two packages of engines do not depend on each other. */
    @ArchTest
    static final ArchRule PACKAGES_LOOK_BACK = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .ensureAllClassesAreContainedInArchitecture()
            .layer("block")
            .definedBy("..gpu.block")
            .layer("loss")
            .definedBy("..gpu.loss")
            .layer("kernel")
            .definedBy("..gpu.kernel")
            .layer("folder")
            .definedBy("..gpu.folder")
            .layer("device")
            .definedBy("..gpu.device")
            .layer("cpu")
            .definedBy("..gpu.cpu")
            .layer("engine")
            .definedBy("..gpu.engine")
            .layer("engine.gram")
            .definedBy("..gpu.engine.gram")
            .layer("engine.cpu")
            .definedBy("..gpu.engine.cpu")
            .layer("engine.opencl")
            .definedBy("..gpu.engine.opencl")
            .layer("entry")
            .definedBy("org.sparkgrad.gpu")
            .whereLayer("entry")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("engine.opencl")
            .mayOnlyBeAccessedByLayers("entry")
            .whereLayer("engine.cpu")
            .mayOnlyBeAccessedByLayers("entry")
            .whereLayer("engine.gram")
            .mayOnlyBeAccessedByLayers("engine.cpu", "engine.opencl")
            .whereLayer("engine")
            .mayOnlyBeAccessedByLayers("engine.cpu", "engine.opencl", "entry")
            .whereLayer("device")
            .mayOnlyBeAccessedByLayers("engine.opencl")
            .whereLayer("folder")
            .mayOnlyBeAccessedByLayers("device", "cpu")
            .whereLayer("cpu")
            .mayOnlyBeAccessedByLayers("engine.gram", "engine.cpu")
            .whereLayer("kernel")
            .mayOnlyBeAccessedByLayers("device", "engine.opencl")
            .whereLayer("loss")
            .mayOnlyBeAccessedByLayers("engine", "engine.cpu", "engine.opencl", "entry")
            .whereLayer("block")
            .mayOnlyBeAccessedByLayers("engine", "engine.gram", "engine.cpu", "engine.opencl", "entry");
}
