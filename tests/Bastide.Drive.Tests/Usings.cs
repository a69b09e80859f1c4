global using Bastide.Testing;
global using Shouldly;
global using Xunit;
