using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Bastide.Browser;

/// <summary>The second factor, recovery codes and passkeys, as a person meets them.</summary>
public sealed class AccountSecondFactorTests(Workplace workplace) : AccountPages(workplace), IClassFixture<Workplace>
{
    [Fact]
    public async Task With_two_steps_a_code_signs_in_then_a_recovery_code_does_once()
    {
        var address = await AddPerson();
        await using var person = await Open();
        var page = person.Page;
        await SignIn(person, address);
        await page.GotoAsync("/account/two-step");
        await page.GetByRole(AriaRole.Button, new() { Name = "Set it up" }).ClickAsync();
        var key = await page.Locator(".secret").InnerTextAsync();
        (await page.Locator(".qr").EvaluateAsync<int>("image => image.naturalWidth")).ShouldBeGreaterThan(100);
        var code = page.GetByLabel("Then enter the code the app shows");
        await code.FillAsync("000000");
        await page.GetByRole(AriaRole.Button, new() { Name = "Turn on" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("not right");
        (await page.Locator(".secret").InnerTextAsync()).ShouldBe(key);
        await code.FillAsync(Totp(key, DateTimeOffset.UtcNow));
        await page.GetByRole(AriaRole.Button, new() { Name = "Turn on" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Two-step sign-in is on.");
        var codes = await page.Locator(".codes li").AllInnerTextsAsync();
        codes.Count.ShouldBe(10);
        await ShouldBeAccessible(page);
        await page.GetByRole(AriaRole.Link, new() { Name = "I have kept them" }).ClickAsync();
        await Expect(page.GetByText("10 left")).ToBeVisibleAsync();
        await ShouldBeAccessible(page);

        await using var other = await Open();
        await SignIn(other, address);
        await Expect(other.Page.GetByRole(AriaRole.Heading)).ToHaveTextAsync("Enter your code");
        await ShouldBeAccessible(other.Page);
        await other.Page.GetByRole(AriaRole.Textbox, new() { Name = "Code" }).FillAsync("000000");
        await other.Page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await Expect(other.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("not right");
        await other.Page.GetByRole(AriaRole.Textbox, new() { Name = "Code" }).FillAsync(Totp(key, DateTimeOffset.UtcNow));
        await other.Page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await Expect(other.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Your account");

        foreach (var isFirst in (bool[])[true, false])
        {
            await using var third = await Open();
            await SignIn(third, address);
            await third.Page.GetByRole(AriaRole.Textbox, new() { Name = "Code" }).FillAsync(codes[3].ToUpperInvariant());
            await third.Page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
            if (isFirst) await Expect(third.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Your account");
            else await Expect(third.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("was used before");
        }

        await page.ReloadAsync();
        await Expect(page.GetByText("9 left")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Code" }).FillAsync(codes[4]);
        await page.GetByRole(AriaRole.Button, new() { Name = "Turn off" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Two-step sign-in is off.");
    }

    [Fact]
    public async Task A_passkey_is_added_signs_in_without_a_password_and_is_refused_once_removed()
    {
        var address = await AddPerson();
        await using var person = await Open();
        var page = person.Page;
        var authenticator = await page.Context.NewCDPSessionAsync(page);
        await authenticator.SendAsync("WebAuthn.enable", new() { ["enableUI"] = false });
        await authenticator.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2",
                ["transport"] = "internal",
                ["hasResidentKey"] = true,
                ["hasUserVerification"] = true,
                ["isUserVerified"] = true,
                ["automaticPresenceSimulation"] = true,
            },
        });
        // Otherwise the authenticator, which asks nobody, would answer the address field's offer before the button is pressed.
        await page.AddInitScriptAsync("if (!localStorage.getItem('offers')) PublicKeyCredential.isConditionalMediationAvailable = async () => false;");
        await SignIn(person, address);
        await page.GotoAsync("/account/passkeys");
        await page.GetByLabel("What to call it").FillAsync("The laptop");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a passkey" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("The passkey is added.");
        await Expect(page.GetByText("The laptop")).ToBeVisibleAsync();
        await Expect(page.GetByText("not used yet")).ToBeVisibleAsync();
        await ShouldBeAccessible(page);

        await SignOut(page);
        await page.GotoAsync("/signin?return=%2Faccount%2Fpasskeys");
        await ShouldBeAccessible(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
        await Expect(page.GetByText("last used just now")).ToBeVisibleAsync();

        // The address field offers it too; this authenticator takes the offer by itself.
        await page.EvaluateAsync("() => localStorage.setItem('offers', 'yes')");
        await SignOut(page);
        await page.GotoAsync("/signin?return=%2Faccount%2Fpasskeys");
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove The laptop" }).ClickAsync();
        await Expect(page.GetByText("You have none yet.")).ToBeVisibleAsync();

        await SignOut(page);
        await page.GotoAsync("/signin");
        await Expect(page.GetByRole(AriaRole.Alert).First).ToHaveTextAsync("That passkey is not known here.");
        await Expect(page.Locator("input[name=user]")).ToBeVisibleAsync();
    }

    static async Task SignOut(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.WaitForURLAsync("**/signin/signed-out");
    }
}
